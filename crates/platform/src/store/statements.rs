//! Statements about whole tables. They are put together from the names in the migrations, never from data: a statement cannot take a
//! table as a parameter.

use super::{
    Param, Result, Tx,
    tables::{Table, Value},
};

/// A table's name in a statement, whatever word it is.
fn quoted(table: &str) -> String {
    format!("\"{table}\"")
}

/// How many rows a table has, as `n`.
pub(super) fn count(table: &str) -> String {
    format!("SELECT count(*) AS n FROM {}", quoted(table))
}

/// Takes every row away.
pub(super) fn empty(table: &str) -> String {
    format!("DELETE FROM {}", quoted(table))
}

/// Every row as a JSON object, on PostgreSQL. Events come in the order of their positions; those that have none yet, as they would get one.
pub(super) fn as_json(table: &str) -> String {
    let order = if table == "event" { " ORDER BY t.position NULLS LAST, age(t.xmin) DESC, t.ordinal" } else { "" };
    format!("SELECT CAST(row_to_json(t) AS text) AS row FROM {} t{order}", quoted(table))
}

/// Puts rows in from a JSON array of what [`as_json`] gave, on PostgreSQL.
pub(super) fn from_json(table: &str) -> String {
    let table = quoted(table);
    format!("INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(CAST(NULL AS {table}), CAST(CAST($1 AS text) AS jsonb))")
}

/// What is asked and written of one table.
pub(super) struct Statements {
    pub(super) table: Table,
    pub(super) within: Vec<usize>,
    pub(super) any: &'static str,
    pub(super) count: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) last: &'static str,
    insert: &'static str,
    refer: Vec<&'static str>,
}

/// Statements live as long as the program: there are a few for each table, made once in a command that ends.
fn still(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

fn numbered(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

impl Statements {
    pub(super) fn of(table: Table) -> Statements {
        let name = quoted(table.name);
        let columns = table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        let keys: Vec<&str> = table.key.iter().map(|at| table.columns[*at].name).collect();
        let key = keys.join(", ");
        let backwards = keys.iter().map(|key| format!("{key} DESC")).collect::<Vec<_>>().join(", ");
        // What an engine keeps for itself (how far positions are given, that a copy is unfinished) is no row of the company's.
        let own = match table.name {
            "event_reader" => "name <> 'placed'",
            "counter" => "name <> 'copy_unfinished'",
            // Without a position it has no place in the order yet; a server that runs gives it one in a moment.
            "event" => "position IS NOT NULL",
            _ => "1 = 1",
        };
        let within: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].is_within).collect();
        let by_key = table.key.iter().enumerate().map(|(n, at)| format!("{} = ${}", table.columns[*at].name, n + 2)).collect::<Vec<_>>().join(" AND ");
        Statements {
            any: still(format!("SELECT 1 AS there FROM {name} WHERE {own} LIMIT 1")),
            count: still(format!("{} WHERE {own}", count(table.name))),
            first: still(format!("SELECT {columns} FROM {name} WHERE {own} ORDER BY {key} LIMIT $1")),
            next: still(format!(
                "SELECT {columns} FROM {name} WHERE {own} AND ({key}) > ({}) ORDER BY {key} LIMIT ${}",
                numbered(1, keys.len()),
                keys.len() + 1
            )),
            last: still(format!("SELECT {columns} FROM {name} WHERE {own} ORDER BY {backwards} LIMIT 1")),
            insert: still(format!("INSERT INTO {name} ({columns}) VALUES ({})", numbered(1, table.columns.len()))),
            refer: within.iter().map(|at| still(format!("UPDATE {name} SET {} = $1 WHERE {by_key}", table.columns[*at].name))).collect(),
            within,
            table,
        }
    }

    /// Whether a fresh database has rows in it by itself.
    pub(super) fn is_own(&self) -> bool {
        ["counter", "event_reader"].contains(&self.table.name)
    }

    pub(super) fn key_of(&self, row: &[Value]) -> Vec<Value> {
        self.table.key.iter().map(|at| row[*at].clone()).collect()
    }

    pub(super) fn rows(&self, tx: &mut Tx<'_>, sql: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
        tx.all(sql, &of(values), |row| self.table.columns.iter().map(|column| column.read(row)).collect())
    }

    pub(super) fn insert(&self, tx: &mut Tx<'_>, row: &[Value]) -> Result<()> {
        let mut row = row.to_vec();
        for at in &self.within {
            row[*at] = Value::Nothing;
        }
        tx.exec(self.insert, &of(&row)).map(drop)
    }

    pub(super) fn refer(&self, tx: &mut Tx<'_>, row: &[Value]) -> Result<()> {
        for (at, sql) in self.within.iter().zip(&self.refer) {
            if row[*at] != Value::Nothing {
                tx.exec(sql, &of(&[&[row[*at].clone()], self.key_of(row).as_slice()].concat()))?;
            }
        }
        Ok(())
    }
}

fn of(values: &[Value]) -> Vec<&dyn Param> {
    values.iter().map(|value| value as &dyn Param).collect()
}
