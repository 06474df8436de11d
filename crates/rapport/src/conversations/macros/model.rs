//! Macros as they are shown, kept and offered.

use platform::{clock::Moment, i18n::Localised, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{
    canned,
    change::check_tags,
    model::{Mode, Priority, Status},
    sharing::Sharing,
};
use crate::{
    check,
    ids::{AgentId, ContactReasonId, MacroId, TeamId},
    people,
};

/// What a macro does to a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Assigns it.
    Assign {
        /// To whom; null for nobody.
        agent_id: Option<AgentId>,
    },
    /// Assigns it to whoever runs the macro.
    AssignToMe,
    /// Moves it to a team.
    SetTeam {
        /// Which; null for none.
        team_id: Option<TeamId>,
    },
    /// Gives it a status: open, waiting or resolved.
    SetStatus {
        /// Which.
        status: Status,
    },
    /// Lets it sleep.
    Snooze {
        /// For how long, counted from the run; null until the customer answers.
        minutes: Option<i64>,
    },
    /// Gives it a priority.
    SetPriority {
        /// Which.
        priority: Priority,
    },
    /// Says what the customer came for.
    SetContactReason {
        /// Which; null for not known.
        contact_reason_id: Option<ContactReasonId>,
    },
    /// Adds tags to those it has.
    AddTags {
        /// Which.
        tags: Vec<String>,
    },
    /// Takes tags away.
    RemoveTags {
        /// Which.
        tags: Vec<String>,
    },
}

const ACTIONS_LIMIT: usize = 20;
const A_YEAR_IN_MINUTES: i64 = 366 * 24 * 60;

impl Action {
    /// As it is kept, if it can be done.
    fn checked(&self, tx: &mut Tx<'_>, pointer: &str) -> Result<Action, Problem> {
        match self {
            Action::Assign { agent_id: Some(agent) } if people::names_of(tx, &[*agent])?.is_empty() => {
                Err(Problem::invalid(pointer, "This is not an agent who may sign in."))
            }
            Action::SetTeam { team_id: Some(team) } if !people::team_names(tx)?.iter().any(|(id, _)| id == team) => {
                Err(Problem::invalid(pointer, "There is no such team."))
            }
            Action::SetStatus { status: Status::Snoozed } => Err(Problem::invalid(pointer, "To let it sleep, write the action snooze.")),
            Action::Snooze { minutes: Some(minutes) } if !(1..=A_YEAR_IN_MINUTES).contains(minutes) => {
                Err(Problem::invalid(pointer, "A conversation sleeps from a minute to a year."))
            }
            Action::AddTags { tags } | Action::RemoveTags { tags } if tags.is_empty() => Err(Problem::invalid(pointer, "Write at least one tag.")),
            Action::AddTags { tags } => Ok(Action::AddTags { tags: check_tags(tags)? }),
            Action::RemoveTags { tags } => Ok(Action::RemoveTags { tags: check_tags(tags)? }),
            other => Ok(other.clone()),
        }
    }
}

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
        if self.actions.len() > ACTIONS_LIMIT {
            return Err(Problem::invalid("/actions", format!("At most {ACTIONS_LIMIT} actions.")));
        }
        let actions = self.actions.iter().enumerate().map(|(at, action)| action.checked(tx, &format!("/actions/{at}"))).collect::<Result<Vec<_>, _>>()?;
        let texts = if self.mode.is_some() { canned::texts(&self.texts)? } else { Localised::default() };
        if self.mode.is_none() && actions.is_empty() {
            return Err(Problem::invalid("/actions", "A macro does something or says something."));
        }
        Ok(NewMacro { name: check::text("/name", &self.name, 80)?, mode: self.mode, texts, actions, sharing: self.sharing })
    }
}
