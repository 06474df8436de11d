//! Identity and chance as edges: new ids, and random tokens for whatever an id would *open*.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use parking_lot::Mutex;
use uuid::Uuid;

use crate::clock::Moment;

/// Where ids and random bytes come from.
#[derive(Clone, Default)]
pub enum Chance {
    /// The operating system's generator.
    #[default]
    Real,
    /// A repeatable sequence for tests. Never use it for a running server.
    Seeded(Arc<Mutex<u64>>),
}

impl Chance {
    /// A repeatable sequence that begins with `seed`.
    pub fn seeded(seed: u64) -> Chance {
        Chance::Seeded(Arc::new(Mutex::new(seed)))
    }

    /// Fills `bytes` with random bytes.
    ///
    /// # Panics
    /// When the operating system cannot give random bytes; nothing may go on without them.
    pub fn fill(&self, bytes: &mut [u8]) {
        match self {
            #[expect(clippy::expect_used, reason = "a server without randomness must not make tokens")]
            Chance::Real => getrandom::fill(bytes).expect("the operating system gives random bytes"),
            Chance::Seeded(state) => {
                let mut state = state.lock();
                for byte in bytes {
                    // SplitMix64: small, and good enough to tell test rows apart.
                    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                    let mut z = *state;
                    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                    *byte = (z ^ (z >> 31)) as u8;
                }
            }
        }
    }

    /// A new UUIDv7 (RFC 9562 section 5.7) for a row made at `now`.
    pub fn id(&self, now: Moment) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0 / 1000).unwrap_or(0), &random).into_uuid()
    }

    /// 128 random bits as text, for whatever must not be guessed.
    pub fn token(&self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// 256 random bits as text, for sessions and API tokens.
    pub fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number below `limit` (0 when `limit` is 0); for jitter and samples, not for secrets.
    pub fn below(&self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        if limit == 0 { 0 } else { u64::from_le_bytes(bytes) % limit }
    }
}

/// Declares an id type: a UUID that cannot be mistaken for the id of something else.
#[macro_export]
macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = uuid::Uuid)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { std::fmt::Display::fmt(&self.0, f) }
        }
        impl From<uuid::Uuid> for $name { fn from(id: uuid::Uuid) -> Self { Self(id) } }
        impl $crate::store::Param for $name {
            fn value(&self) -> $crate::store::ValueRef<'_> { $crate::store::ValueRef::Uuid(&self.0) }
        }
        impl $crate::store::Column for $name {
            fn from_column(column: $crate::store::ColumnRef<'_>) -> Option<Self> { <uuid::Uuid as $crate::store::Column>::from_column(column).map(Self) }
        }
    )* };
}
