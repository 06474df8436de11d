//! Sealed columns: declared once, sealed for one row, and looked through when a key changes.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Vault, keyring};
use crate::{
    ids::Chance,
    params,
    store::{Error, Result, Store, Tx},
};

/// A secret column. [`crate::sealed_column!`] is the only way to make one, and `seal` the only way to seal.
pub struct Column {
    /// `table.column`.
    pub name: &'static str,
    /// The values after a row, some at a time: `$1` is that row.
    #[doc(hidden)]
    pub next: &'static str,
    /// Puts `$2` where `$3` was in the row `$1`.
    #[doc(hidden)]
    pub swap: &'static str,
}

/// Values looked at in one transaction.
pub(super) const CHUNK: usize = 100;

/// Declares a sealed column: its table, its name, and the uuid that names its row.
#[macro_export]
macro_rules! sealed_column {
    ($table:literal, $column:literal, $id:literal) => {
        $crate::crypto::Column {
            name: concat!($table, ".", $column),
            next: concat!(
                "SELECT ",
                $id,
                " AS id, ",
                $column,
                " AS sealed FROM ",
                $table,
                " WHERE ",
                $column,
                " IS NOT NULL AND ",
                $id,
                " > $1 ORDER BY ",
                $id,
                " LIMIT 100"
            ),
            swap: concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE ", $id, " = $1 AND ", $column, " = $3"),
        }
    };
}

impl Column {
    /// Seals a secret for this column of the row `id`; it opens nowhere else. The database says which key seals, so that a process
    /// that has not heard of a change yet cannot seal with the old one.
    pub fn seal(&self, tx: &mut Tx<'_>, vault: &Vault, id: impl Into<Uuid>, secret: &[u8], chance: &Chance) -> Result<Vec<u8>> {
        keyring::follow_now(tx, vault)?;
        vault.seal(&self.place(id.into()), secret, chance).map_err(Error::Binding)
    }

    /// Opens what was sealed for this column of the row `id`. `None` when no key that is held opens it.
    pub fn unseal(&self, vault: &Vault, id: impl Into<Uuid>, sealed: &[u8]) -> Option<Vec<u8>> {
        vault.unseal(&self.place(id.into()), sealed).map(|(secret, _)| secret)
    }

    fn place(&self, id: Uuid) -> String {
        format!("{}.{id}", self.name)
    }

    pub(super) fn chunk(&self, tx: &mut Tx<'_>, after: Uuid) -> Result<Vec<(Uuid, Vec<u8>)>> {
        tx.all(self.next, params![after], |row| Ok((row.get("id")?, row.get("sealed")?)))
    }

    /// Seals some values after the row `after` anew; the last row it looked at, and how many it changed.
    pub(super) fn reseal(&self, tx: &mut Tx<'_>, vault: &Vault, after: Uuid, chance: &Chance) -> Result<(Option<Uuid>, u64)> {
        keyring::follow_now(tx, vault)?;
        let active = vault.fingerprint();
        let (mut last, mut changed) = (None, 0);
        for (id, sealed) in self.chunk(tx, after)? {
            last = Some(id);
            let place = self.place(id);
            match vault.unseal(&place, &sealed) {
                Some((secret, _)) if !Vault::is_named(&sealed, &active) => {
                    let anew = vault.seal(&place, &secret, chance).map_err(Error::Binding)?;
                    changed += tx.exec(self.swap, params![id, anew, sealed])?;
                }
                // Sealed anew already, or nothing that anybody can open: the survey tells of it.
                _ => {}
            }
        }
        Ok((last, changed))
    }
}

/// What the sealed values of a database open with.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Survey {
    /// How many open with each key that is held.
    pub opened: BTreeMap<String, u64>,
    /// How many of each column open with none.
    pub lost: BTreeMap<&'static str, u64>,
}

impl Survey {
    /// How many open.
    pub fn opened(&self) -> u64 {
        self.opened.values().sum()
    }

    /// How many do not.
    pub fn lost(&self) -> u64 {
        self.lost.values().sum()
    }
}

/// Opens every sealed value. `vault` is none where there is no key.
pub async fn survey(store: &Store, vault: Option<&Vault>, columns: &'static [&'static Column]) -> Result<Survey> {
    let mut survey = Survey::default();
    for column in columns {
        let mut after = Uuid::nil();
        loop {
            let values = store.read(move |tx| column.chunk(tx, after)).await?;
            for (id, sealed) in &values {
                match vault.and_then(|vault| vault.unseal(&column.place(*id), sealed)) {
                    Some((_, key)) => *survey.opened.entry(key).or_default() += 1,
                    None => *survey.lost.entry(column.name).or_default() += 1,
                }
            }
            match values.last() {
                Some((last, _)) if values.len() == CHUNK => after = *last,
                _ => break,
            }
        }
    }
    Ok(survey)
}
