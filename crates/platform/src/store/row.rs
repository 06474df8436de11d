//! A row of either engine.

use std::cell::Cell;

use super::{Column, ColumnRef, Error, Result};

/// One row. Columns are read by name; reading them in the order of the statement is fastest.
pub struct Row<'a> {
    pub(super) row: EngineRow<'a>,
    pub(super) hint: &'a Cell<usize>,
}

/// The row as its engine gives it.
#[derive(Clone, Copy)]
pub(super) enum EngineRow<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The value of column `name`.
    pub fn get<T: Column>(&self, name: &'static str) -> Result<T> {
        let index = self.index(name)?;
        let column = match self.row {
            EngineRow::Sqlite(row) => sqlite(row, index, name)?,
            EngineRow::Postgres(row) => row.try_get::<_, Raw<'_>>(index)?.0,
        };
        T::from_column(column).ok_or_else(|| Error::Binding(format!("column {name} holds {}", kind(column))))
    }

    /// Looks after the column read last first: rows are mostly read in the order of the statement.
    fn index(&self, name: &str) -> Result<usize> {
        let count = match self.row {
            EngineRow::Sqlite(row) => row.as_ref().column_count(),
            EngineRow::Postgres(row) => row.len(),
        };
        let start = self.hint.get();
        for offset in 0..count {
            let index = (start + offset) % count;
            let found = match self.row {
                EngineRow::Sqlite(row) => row.as_ref().column_name(index)? == name,
                EngineRow::Postgres(row) => row.columns()[index].name() == name,
            };
            if found {
                self.hint.set((index + 1) % count);
                return Ok(index);
            }
        }
        Err(Error::Binding(format!("the statement has no column {name}")))
    }
}

fn sqlite<'a>(row: &'a rusqlite::Row<'_>, index: usize, name: &str) -> Result<ColumnRef<'a>> {
    use rusqlite::types::ValueRef as Sqlite;
    Ok(match row.get_ref(index)? {
        Sqlite::Null => ColumnRef::Null,
        Sqlite::Integer(n) => ColumnRef::Int(n),
        Sqlite::Real(n) => ColumnRef::Real(n),
        Sqlite::Text(bytes) => ColumnRef::Text(std::str::from_utf8(bytes).map_err(|_| Error::Binding(format!("column {name} is not UTF-8")))?),
        Sqlite::Blob(bytes) => ColumnRef::Bytes(bytes),
    })
}

/// What a column holds, without its content: it may be a secret.
fn kind(column: ColumnRef<'_>) -> &'static str {
    match column {
        ColumnRef::Null => "nothing",
        ColumnRef::Int(_) => "a whole number",
        ColumnRef::Real(_) => "a number",
        ColumnRef::Text(_) => "text",
        ColumnRef::Bytes(_) => "bytes",
    }
}

/// A column of PostgreSQL in the types both engines have.
struct Raw<'a>(ColumnRef<'a>);

impl<'a> postgres::types::FromSql<'a> for Raw<'a> {
    fn from_sql(ty: &postgres::types::Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        use postgres::types::Type;
        Ok(Raw(match *ty {
            Type::INT8 => ColumnRef::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => ColumnRef::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => ColumnRef::Int(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => ColumnRef::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => ColumnRef::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => ColumnRef::Real(f32::from_sql(ty, raw)?.into()),
            Type::UUID | Type::BYTEA => ColumnRef::Bytes(raw),
            // jsonb comes as one byte of version and the text behind it.
            Type::JSONB => match raw.split_first() {
                Some((1, text)) => ColumnRef::Text(std::str::from_utf8(text)?),
                _ => return Err("an unknown version of jsonb".into()),
            },
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::UNKNOWN => ColumnRef::Text(std::str::from_utf8(raw)?),
            _ => return Err(format!("a column of type {ty}, which no table of ours has; CAST it").into()),
        }))
    }

    fn from_sql_null(_: &postgres::types::Type) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(ColumnRef::Null))
    }

    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
}
