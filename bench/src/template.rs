//! Rows as the product wrote them, cloned with new ids.
//!
//! Floor and seeds must write what the product writes, not what somebody remembers of its schema: a row is read
//! back with all its columns, and only what has to be different is replaced, by name.

use anyhow::{Context as _, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// A row of a table with the names of its columns.
#[derive(Debug, Clone)]
pub struct Template {
    columns: Vec<String>,
    values: Vec<Value>,
    insert: String,
}

impl Template {
    /// Reads the newest row of a table that fulfils `condition`.
    pub fn load(connection: &Connection, table: &str, condition: &str) -> Result<Self> {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} WHERE {condition} LIMIT 1"))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let values = statement
            .query_row([], |row| (0..columns.len()).map(|at| row.get::<_, Value>(at)).collect::<rusqlite::Result<Vec<_>>>())
            .with_context(|| format!("no row of {table} where {condition}"))?;
        let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let insert = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        Ok(Self { columns, values, insert })
    }

    /// What the row has in a column.
    pub fn value(&self, column: &str) -> Result<&Value> {
        let at = self.columns.iter().position(|name| name == column);
        Ok(&self.values[at.with_context(|| format!("no column {column}"))?])
    }

    /// Sets a column for all clones to come; a column that the table does not have is an error of the caller.
    pub fn set(&mut self, column: &str, value: impl Into<Value>) -> Result<()> {
        let at = self.columns.iter().position(|name| name == column);
        self.values[at.with_context(|| format!("no column {column}"))?] = value.into();
        Ok(())
    }

    /// Sets a column where the table has it.
    pub fn set_if_there(&mut self, column: &str, value: impl Into<Value>) {
        if let Some(at) = self.columns.iter().position(|name| name == column) {
            self.values[at] = value.into();
        }
    }

    /// Inserts the row as it is now.
    pub fn insert(&self, connection: &Connection) -> Result<()> {
        connection.prepare_cached(&self.insert)?.execute(params_from_iter(&self.values))?;
        Ok(())
    }
}

/// Ids that sort by time like the product's own, made from a counter instead of chance so that a run can be repeated.
#[derive(Debug, Default)]
pub struct Ids {
    made: u64,
}

impl Ids {
    /// An id of that moment (milliseconds since 1970), as the database keeps it.
    pub fn at(&mut self, unix_millis: u64) -> Vec<u8> {
        self.made += 1;
        // An odd multiplier spreads the counter over all bits without ever repeating (splitmix64).
        let mut mixed = self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mut random = [0_u8; 10];
        random[..8].copy_from_slice(&mixed.to_be_bytes());
        random[8..].copy_from_slice(&self.made.to_be_bytes()[6..]);
        uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid().as_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_differs_only_in_what_was_replaced() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB); INSERT INTO t VALUES (1, 'x', x'00ff')").unwrap();

        let mut template = Template::load(&connection, "t", "id = 1").unwrap();
        template.set("id", 2).unwrap();
        template.set_if_there("missing", 7);
        template.insert(&connection).unwrap();

        let same: bool = connection.query_row("SELECT count(DISTINCT a || hex(b)) = 1 AND count(*) = 2 FROM t", [], |row| row.get(0)).unwrap();
        assert!(same);
        assert!(template.set("missing", 7).is_err());
    }

    #[test]
    fn ids_sort_by_their_moment_and_never_repeat() {
        let mut ids = Ids::default();
        let (early, late, twin) = (ids.at(1_000), ids.at(2_000), ids.at(2_000));

        assert!(early < late);
        assert_ne!(late, twin);
    }
}
