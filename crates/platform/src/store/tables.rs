//! The tables, read from the migrations: what a copy, a backup or a comparison must not forget.

use super::{Error, Json, JsonText, Migration, Param, Result, Row, ValueRef};

/// A table both engines have.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order of their making.
    pub columns: Vec<Column>,
    /// The columns of its key, by which its rows are read in the same order on both engines.
    pub key: Vec<usize>,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it refers to a row of its own table, which may come later.
    pub is_within: bool,
}

/// The neutral types of columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `uuid`
    Uuid,
    /// `moment` and `bigint`
    Number,
    /// `boolean`
    Flag,
    /// `string`
    Text,
    /// `json`
    Json,
    /// `bytes`
    Bytes,
}

/// A value of any column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL
    Nothing,
    /// A uuid.
    Uuid(uuid::Uuid),
    /// A number or moment.
    Number(i64),
    /// A boolean.
    Flag(bool),
    /// A text.
    Text(String),
    /// JSON, its members in the order of their names: engines do not keep another.
    Json(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Param for Value {
    fn value(&self) -> ValueRef<'_> {
        match self {
            Value::Nothing => ValueRef::Null,
            Value::Uuid(id) => ValueRef::Uuid(id),
            Value::Number(n) => ValueRef::Int(*n),
            Value::Flag(flag) => ValueRef::Bool(*flag),
            Value::Text(text) | Value::Json(text) => ValueRef::Text(text),
            Value::Bytes(bytes) => ValueRef::Bytes(bytes),
        }
    }
}

impl Column {
    /// Reads the column of a row that selects it by its name.
    pub fn read(&self, row: &Row<'_>) -> Result<Value> {
        let name = self.name;
        let value = match self.kind {
            Kind::Uuid => row.get::<Option<_>>(name)?.map(Value::Uuid),
            Kind::Number => row.get::<Option<_>>(name)?.map(Value::Number),
            Kind::Flag => row.get::<Option<_>>(name)?.map(Value::Flag),
            Kind::Text => row.get::<Option<_>>(name)?.map(Value::Text),
            Kind::Json => row.get::<Option<Json<serde_json::Value>>>(name)?.map(|json| Value::Json(JsonText::of(&in_order(json.0)).0)),
            Kind::Bytes => row.get::<Option<_>>(name)?.map(Value::Bytes),
        };
        Ok(value.unwrap_or(Value::Nothing))
    }
}

fn in_order(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Array(items) => items.into_iter().map(in_order).collect(),
        serde_json::Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().map(|(name, value)| (name, in_order(value))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members.into_iter().collect()
        }
        other => other,
    }
}

/// Every table of a schema, those that others refer to first. Columns that only PostgreSQL has are its own business and left out.
pub fn tables(migrations: &[Migration]) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    for migration in migrations {
        read(migration.sql, &mut tables).map_err(|line| Error::Schema(format!("{}: cannot read \"{line}\"", migration.name)))?;
    }
    for table in &tables {
        if table.key.is_empty() {
            return Err(Error::Schema(format!("the table {} has no key", table.name)));
        }
    }
    Ok(tables)
}

/// The names of the tables of a schema behind that of its steps: whatever a table refers to stands before it.
pub(super) fn names(migrations: &[Migration]) -> Result<Vec<String>> {
    let made = tables(migrations)?;
    Ok(std::iter::once("schema_migration").chain(made.iter().map(|table| table.name)).map(str::to_owned).collect())
}

fn read(sql: &'static str, tables: &mut Vec<Table>) -> Result<(), &'static str> {
    let (mut section, mut open) = ("both", false);
    for line in sql.lines().map(str::trim) {
        let words: Vec<&'static str> = line.split(" -- ").next().unwrap_or(line).trim_end_matches([',', ';']).split_whitespace().collect();
        match words.as_slice() {
            ["--", name @ ("sqlite" | "postgres" | "both")] => section = name,
            ["--", ..] | [] => {}
            _ if section == "postgres" => {}
            ["CREATE", "TABLE", name, "("] => {
                // One that is made again, for another order of its rows, takes the place of what it was.
                tables.retain(|table| table.name != *name);
                tables.push(Table { name, columns: Vec::new(), key: Vec::new() });
                open = true;
            }
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column @ ..] => {
                let table = tables.iter_mut().find(|table| table.name == *name).ok_or(line)?;
                add_column(table, column).ok_or(line)?;
            }
            [first, ..] if first.starts_with(')') => open = false,
            ["PRIMARY", "KEY", names @ ..] if open => {
                let table = tables.last_mut().ok_or(line)?;
                for name in names {
                    let name = name.trim_matches(['(', ')', ',']);
                    table.key.push(table.columns.iter().position(|column| column.name == name).ok_or(line)?);
                }
            }
            ["UNIQUE", ..] => {}
            column if open => add_column(tables.last_mut().ok_or(line)?, column).ok_or(line)?,
            _ => {}
        }
    }
    Ok(())
}

fn add_column(table: &mut Table, words: &[&'static str]) -> Option<()> {
    let (name, kind, rest) = match words {
        [name, kind, rest @ ..] => (*name, *kind, rest),
        _ => return None,
    };
    let kind = match kind {
        "uuid" => Kind::Uuid,
        "moment" | "bigint" | "INTEGER" => Kind::Number,
        "boolean" => Kind::Flag,
        "string" => Kind::Text,
        "json" => Kind::Json,
        "bytes" => Kind::Bytes,
        _ => return None,
    };
    if rest.starts_with(&["PRIMARY", "KEY"]) {
        table.key.push(table.columns.len());
    }
    let is_within = rest.windows(2).any(|pair| pair[0] == "REFERENCES" && pair[1] == table.name);
    table.columns.push(Column { name, kind, is_within });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_say_what_tables_there_are_and_how_their_rows_are_ordered() {
        let sql = "-- What it is.\nCREATE TABLE a (\n  -- sqlite\n  position INTEGER PRIMARY KEY,\n  -- postgres\n  position bigint UNIQUE,\n  id uuid PRIMARY KEY,\n  -- both\n  parent_id uuid REFERENCES a (position),\n  on_top boolean NOT NULL\n);\nCREATE TABLE b (\n  x string NOT NULL, -- why\n  y bigint NOT NULL,\n  PRIMARY KEY (y, x)\n) WITHOUT ROWID;\nALTER TABLE b ADD COLUMN z json;\nCREATE INDEX b_by ON b (z);";
        let tables = tables(&[Migration { name: "1", sql }]).unwrap();

        let told: Vec<(&str, Vec<&str>, Vec<usize>)> =
            tables.iter().map(|table| (table.name, table.columns.iter().map(|column| column.name).collect(), table.key.clone())).collect();
        assert_eq!(told, [("a", vec!["position", "parent_id", "on_top"], vec![0]), ("b", vec!["x", "y", "z"], vec![1, 0])]);
        assert!(tables[0].columns[1].is_within);
        assert_eq!(tables[1].columns[2].kind, Kind::Json);
    }
}
