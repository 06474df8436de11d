//! In a PATCH, a field left out stays and a field that is null is emptied.

use serde::{Deserialize, Deserializer};

/// Reads a present field, null included, as `Some`. The type's default (absent) is `None`.
pub fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
