//! What can be done to conversations, as it is written down.

use platform::{i18n::Localised, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{
    canned,
    change::check_tags,
    model::{Mode, Priority, Status},
};
use crate::{
    ids::{AgentId, ContactReasonId, TeamId},
    people,
};

/// What is done to a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Assigns it.
    Assign {
        /// To whom; null for nobody.
        agent_id: Option<AgentId>,
    },
    /// Assigns it to whoever runs it; a rule is nobody.
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
        /// For how long, counted from then; null until the customer answers.
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

/// What a macro or a rule does: its text first, then its actions in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doing {
    /// What the text becomes; none without a text.
    pub mode: Option<Mode>,
    /// The text, by language.
    pub texts: Localised,
    /// The actions. Later ones win over earlier ones.
    pub actions: Vec<Action>,
}

impl Doing {
    /// As it is kept, if it can be done.
    pub fn checked(&self, tx: &mut Tx<'_>) -> Result<Doing, Problem> {
        if self.actions.len() > ACTIONS_LIMIT {
            return Err(Problem::invalid("/actions", format!("At most {ACTIONS_LIMIT} actions.")));
        }
        let actions = self.actions.iter().enumerate().map(|(at, action)| action.checked(tx, &format!("/actions/{at}"))).collect::<Result<Vec<_>, _>>()?;
        let texts = if self.mode.is_some() { canned::texts(&self.texts)? } else { Localised::default() };
        Ok(Doing { mode: self.mode, texts, actions })
    }
}

word_enum! {
    /// What became of an action.
    Outcome {
        /// It was done.
        Done = "done",
        /// The conversation stood so already.
        Unchanged = "unchanged",
        /// It could not be done.
        Failed = "failed",
    }
}

/// An action of a rule, or its text, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Done {
    /// What the text became, where it was the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// The action, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it could not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
