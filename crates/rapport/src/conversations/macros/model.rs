//! Macros as they are shown, kept and offered.

use platform::{clock::Moment, i18n::Localised, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{
    actions::{Action, Doing},
    model::Mode,
    sharing::Sharing,
};
use crate::{check, ids::MacroId};

/// A macro.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Macro {
    /// Names it.
    pub id: MacroId,
    /// What it is for.
    pub name: String,
    /// What its text becomes; null without a text.
    pub mode: Option<Mode>,
    /// Its text, by language.
    pub texts: Localised,
    /// What it does, in this order, after the text was written.
    pub actions: Vec<Action>,
    /// Whom it is for.
    pub sharing: Sharing,
    /// How often it was run, by everyone.
    pub used_count: i64,
    /// When it was last run, by anyone.
    pub last_used_at: Option<Moment>,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

/// A macro to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMacro {
    /// What it is for; at most 80 characters.
    pub name: String,
    /// What its text becomes; left out without a text.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Its text, by language, with variables as in canned responses; at most 10,000 characters each.
    #[serde(default)]
    pub texts: Localised,
    /// What it does, at most 20 actions. Later ones win over earlier ones.
    pub actions: Vec<Action>,
    /// Whom it is for.
    pub sharing: Sharing,
}

/// A change of a macro; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MacroChange {
    /// New name.
    pub name: Option<String>,
    /// What its text becomes now; null takes the text away.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<Mode>)]
    pub mode: Option<Option<Mode>>,
    /// New texts, in all languages.
    pub texts: Option<Localised>,
    /// New actions, all of them.
    pub actions: Option<Vec<Action>>,
    /// For whom it is now.
    pub sharing: Option<Sharing>,
}

/// A macro as it would run on one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferedMacro {
    /// Names it.
    pub id: MacroId,
    /// What it is for.
    pub name: String,
    /// Whom it is for.
    pub sharing: Sharing,
    /// What its text becomes; null without a text.
    pub mode: Option<Mode>,
    /// The language of the text, chosen as for canned responses.
    pub language: String,
    /// The text with its variables filled in.
    pub text: String,
    /// Variables that had nothing to say and no words in their stead.
    pub missing: Vec<String>,
    /// What it does.
    pub actions: Vec<Action>,
    /// When the viewer last ran it.
    pub last_used_at: Option<Moment>,
}

/// How a macro is run.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RunMacro {
    /// The newest message the agent has seen; with it, a colleague's reply in the meantime is told instead of doubled.
    pub seen_seq: Option<i64>,
    /// Whether a text is sent although a variable has nothing to say: somebody has read it.
    pub accept_missing: bool,
}

impl NewMacro {
    /// What is kept of what was typed.
    pub(super) fn checked(&self, tx: &mut Tx<'_>) -> Result<NewMacro, Problem> {
        let Doing { mode, texts, actions } = Doing { mode: self.mode, texts: self.texts.clone(), actions: self.actions.clone() }.checked(tx)?;
        if mode.is_none() && actions.is_empty() {
            return Err(Problem::invalid("/actions", "A macro does something or says something."));
        }
        Ok(NewMacro { name: check::text("/name", &self.name, 80)?, mode, texts, actions, sharing: self.sharing })
    }
}
