//! Parameters, bound as each engine wants them.

use std::{cell::RefCell, collections::HashMap};

use bytes::{BufMut, BytesMut};
use postgres::types::{IsNull, Type, to_sql_checked};

use super::{Error, Param, Result, ValueRef};

/// Address and length of a statement: statements are static, so that is their name.
pub(super) type StatementName = (usize, usize);

pub(super) fn name_of(sql: &'static str) -> StatementName {
    (sql.as_ptr() as usize, sql.len())
}

/// What stands at the places of each statement.
type Places = HashMap<StatementName, Box<[usize]>>;

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

/// SQLite reads `$2` as a *name* and numbers names by first appearance, so `SET a = $2 WHERE id = $1` must be bound by name.
/// Asking for the names takes longer than binding, so they are asked for once a statement.
pub(super) fn sqlite(statement: &mut rusqlite::Statement<'_>, sql: &'static str, params: &[&dyn Param]) -> Result<()> {
    PLACES.with_borrow_mut(|places| {
        let places = places.entry(name_of(sql)).or_insert_with(|| {
            let number = |index| statement.parameter_name(index).and_then(|name| name[1..].parse::<usize>().ok()).unwrap_or(index);
            (1..=statement.parameter_count()).map(number).collect()
        });
        for (index, number) in places.iter().enumerate() {
            let Some(param) = params.get(number - 1) else {
                return Err(Error::Binding(format!("the statement asks for ${number}, {} given", params.len())));
            };
            statement.raw_bind_parameter(index + 1, Bound(param.value()))?;
        }
        Ok(())
    })
}

/// The parameters of a PostgreSQL statement. It takes exactly as many as it names, so what it does not ask for is left out.
pub(super) fn postgres<'a>(statement: &postgres::Statement, params: &'a [&'a dyn Param]) -> Result<Vec<Bound<'a>>> {
    let wanted = statement.params().len();
    if params.len() < wanted {
        return Err(Error::Binding(format!("the statement asks for ${wanted}, {} given", params.len())));
    }
    Ok(params[..wanted].iter().map(|param| Bound(param.value())).collect())
}

#[derive(Debug)]
pub(super) struct Bound<'a>(ValueRef<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef as Sqlite};
        Ok(ToSqlOutput::Borrowed(match self.0 {
            ValueRef::Null => Sqlite::Null,
            ValueRef::Int(n) => Sqlite::Integer(n),
            ValueRef::Real(n) => Sqlite::Real(n),
            ValueRef::Bool(flag) => Sqlite::Integer(i64::from(flag)),
            ValueRef::Text(text) => Sqlite::Text(text.as_bytes()),
            ValueRef::Bytes(bytes) => Sqlite::Blob(bytes),
            ValueRef::Uuid(id) => Sqlite::Blob(id.as_bytes()),
        }))
    }
}

impl postgres::types::ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self.0, ty.clone()) {
            (ValueRef::Null, _) => return Ok(IsNull::Yes),
            (ValueRef::Int(n), Type::INT8) => out.put_i64(n),
            (ValueRef::Int(n), Type::INT4) => out.put_i32(i32::try_from(n)?),
            (ValueRef::Int(n), Type::INT2) => out.put_i16(i16::try_from(n)?),
            (ValueRef::Int(n), Type::FLOAT8) => out.put_f64(n as f64),
            (ValueRef::Real(n), Type::FLOAT8) => out.put_f64(n),
            (ValueRef::Bool(flag), Type::BOOL) => out.put_u8(flag.into()),
            (ValueRef::Text(text), Type::JSONB) => {
                out.put_u8(1);
                out.put_slice(text.as_bytes());
            }
            // PostgreSQL has no NUL in texts. What people write is freed of it at the edge.
            (ValueRef::Text(text), Type::TEXT | Type::VARCHAR | Type::UNKNOWN | Type::JSON) => out.put_slice(text.as_bytes()),
            (ValueRef::Bytes(bytes), Type::BYTEA | Type::UUID) => out.put_slice(bytes),
            (ValueRef::Uuid(id), Type::UUID | Type::BYTEA) => out.put_slice(id.as_bytes()),
            (value, ty) => return Err(format!("{value:?} where the statement wants {ty}").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
