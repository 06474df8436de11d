//! What goes into a statement and what comes out of a row, in types both engines have.

use uuid::Uuid;

use crate::clock::Moment;

/// A parameter as the engines take it.
#[derive(Clone, Copy, Debug)]
pub enum ValueRef<'a> {
    /// SQL NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// BOOLEAN.
    Bool(bool),
    /// TEXT, or JSON as text.
    Text(&'a str),
    /// BLOB or BYTEA.
    Bytes(&'a [u8]),
    /// UUID; 16 bytes on SQLite.
    Uuid(&'a Uuid),
}

/// Whatever may be bound to a `$n`.
pub trait Param: Sync {
    /// The value to bind.
    fn value(&self) -> ValueRef<'_>;
}

/// A column of a row, before it becomes a Rust type.
#[derive(Clone, Copy, Debug)]
pub enum ColumnRef<'a> {
    /// SQL NULL.
    Null,
    /// Any integer or boolean.
    Int(i64),
    /// A floating point number.
    Real(f64),
    /// Text or JSON.
    Text(&'a str),
    /// Bytes or a UUID.
    Bytes(&'a [u8]),
}

/// Whatever can be read from a column. `None` means: the column holds something else.
pub trait Column: Sized {
    /// Reads the value.
    fn from_column(column: ColumnRef<'_>) -> Option<Self>;
}

macro_rules! simple {
    ($($type:ty: $self:ident => $value:expr, $pattern:pat => $read:expr;)*) => { $(
        impl Param for $type { fn value(&self) -> ValueRef<'_> { let $self = self; $value } }
        impl Column for $type { fn from_column(column: ColumnRef<'_>) -> Option<Self> { match column { $pattern => $read, _ => None } } }
    )* };
}

simple! {
    i64: it => ValueRef::Int(*it), ColumnRef::Int(n) => Some(n);
    i32: it => ValueRef::Int(i64::from(*it)), ColumnRef::Int(n) => i32::try_from(n).ok();
    u32: it => ValueRef::Int(i64::from(*it)), ColumnRef::Int(n) => u32::try_from(n).ok();
    f64: it => ValueRef::Real(*it), ColumnRef::Real(n) => Some(n);
    bool: it => ValueRef::Bool(*it), ColumnRef::Int(n) => Some(n != 0);
    String: it => ValueRef::Text(it), ColumnRef::Text(text) => Some(text.to_owned());
    Vec<u8>: it => ValueRef::Bytes(it), ColumnRef::Bytes(bytes) => Some(bytes.to_owned());
    Uuid: it => ValueRef::Uuid(it), ColumnRef::Bytes(bytes) => Uuid::from_slice(bytes).ok();
    Moment: it => ValueRef::Int(it.0), ColumnRef::Int(n) => Some(Moment(n));
}

impl Param for str {
    fn value(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }
}
impl Param for [u8] {
    fn value(&self) -> ValueRef<'_> {
        ValueRef::Bytes(self)
    }
}
impl<T: Param + ?Sized> Param for &T {
    fn value(&self) -> ValueRef<'_> {
        (**self).value()
    }
}
impl<T: Param> Param for Option<T> {
    fn value(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Null, Param::value)
    }
}
impl<T: Column> Column for Option<T> {
    fn from_column(column: ColumnRef<'_>) -> Option<Self> {
        match column {
            ColumnRef::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}

/// A value kept as JSON text (`json` in migrations). It is never compared in SQL.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json<T>(pub T);

/// A value already rendered as JSON, ready to be bound.
#[derive(Clone, Debug)]
pub struct JsonText(pub String);

impl JsonText {
    /// Renders `value`.
    pub fn of<T: serde::Serialize>(value: &T) -> JsonText {
        JsonText(serde_json::to_string(value).unwrap_or_else(|_| "null".into()))
    }
}
impl Param for JsonText {
    fn value(&self) -> ValueRef<'_> {
        ValueRef::Text(&self.0)
    }
}
impl<T: serde::de::DeserializeOwned> Column for Json<T> {
    fn from_column(column: ColumnRef<'_>) -> Option<Self> {
        match column {
            ColumnRef::Text(text) => serde_json::from_str(text).ok().map(Json),
            _ => None,
        }
    }
}

/// Declares an enum kept as a word in a text column and in JSON, with its schema.
#[macro_export]
macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),* }
        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The word in the database and in JSON.
            pub fn word(self) -> &'static str { match self { $($name::$variant => $word),* } }
            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)* _ => None } }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),*]))
                    .build()
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
        }
        impl $crate::store::Param for $name {
            fn value(&self) -> $crate::store::ValueRef<'_> { $crate::store::ValueRef::Text(self.word()) }
        }
        impl $crate::store::Column for $name {
            fn from_column(column: $crate::store::ColumnRef<'_>) -> Option<Self> {
                match column { $crate::store::ColumnRef::Text(word) => Self::from_word(word), _ => None }
            }
        }
    };
}
