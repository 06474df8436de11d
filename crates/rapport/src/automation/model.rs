//! Rules as they are shown and kept.

use platform::{clock::Moment, i18n::Localised, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::facts;
use crate::{
    check,
    conditions::Condition,
    conversations::{
        Mode,
        actions::{Action, Doing},
        sharing::{SharedWith, Sharing},
    },
    ids::{BrandId, RuleId, TeamId},
    rights::Part,
};

word_enum! {
    /// When a rule looks at a conversation.
    On {
        /// It began.
        ConversationCreated = "conversation_created",
        /// The customer wrote, also the first time.
        MessageReceived = "message_received",
        /// The team answered. What rules write to customers is no answer.
        ReplySent = "reply_sent",
        /// Somebody of the team noted something.
        NoteAdded = "note_added",
        /// Its status is another, also by a message.
        StatusChanged = "status_changed",
        /// It was resolved and is not any more.
        Reopened = "reopened",
        /// It was given to somebody else, or to nobody.
        AssigneeChanged = "assignee_changed",
        /// It was given to another team, or to none.
        TeamChanged = "team_changed",
        /// Its priority is another.
        PriorityChanged = "priority_changed",
        /// Its tags are others.
        TagsChanged = "tags_changed",
        /// What the customer came for is another.
        ContactReasonChanged = "contact_reason_changed",
        /// What the company keeps of it is another.
        AttributesChanged = "attributes_changed",
        /// The warning before a deadline came.
        DeadlineNear = "deadline_near",
        /// A deadline is over.
        DeadlineMissed = "deadline_missed",
        /// The customer has waited for an answer for so long.
        UnansweredFor = "unanswered_for",
        /// Nobody has said anything for so long; open and waiting conversations only.
        InactiveFor = "inactive_for",
        /// It has been resolved for so long.
        ResolvedFor = "resolved_for",
    }
}

impl On {
    /// Whether time brings it, and nothing that happens.
    pub(super) fn is_time(self) -> bool {
        matches!(self, On::UnansweredFor | On::InactiveFor | On::ResolvedFor)
    }
}

/// When a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// At what.
    pub on: On,
    /// After how many minutes, for triggers of time: from one to a year's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
}

const A_YEAR_IN_MINUTES: i64 = 366 * 24 * 60;

impl Trigger {
    fn check(self) -> Result<(), Problem> {
        match (self.on.is_time(), self.minutes) {
            (true, Some(minutes)) if (1..=A_YEAR_IN_MINUTES).contains(&minutes) => Ok(()),
            (true, _) => Err(Problem::invalid("/trigger/minutes", "Write minutes, from 1 to a year's.")),
            (false, Some(_)) => Err(Problem::invalid("/trigger/minutes", "Leave minutes out: this is no trigger of time.")),
            (false, None) => Ok(()),
        }
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rule {
    /// Names it.
    pub id: RuleId,
    /// What it is called.
    pub name: String,
    /// Whether it runs.
    pub enabled: bool,
    /// When it looks.
    pub trigger: Trigger,
    /// What must hold then.
    #[schema(value_type = Condition)]
    pub condition: serde_json::Value,
    /// What its text becomes; null without a text.
    pub mode: Option<Mode>,
    /// Its text, by language.
    pub texts: Localised,
    /// What it does, in this order, after its text was written.
    pub actions: Vec<Action>,
    /// Whether later rules do not run for the same event.
    pub stops: bool,
    /// Whose conversations it is for: everyone's, a brand's or a team's.
    pub sharing: Sharing,
    /// How often it ran.
    pub run_count: i64,
    /// When it last ran.
    pub last_run_at: Option<Moment>,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

/// A rule to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    /// What it is called; at most 80 characters. The team reads it in the conversation, customers do not.
    pub name: String,
    /// Whether it runs; unless told, it does.
    #[serde(default = "on")]
    pub enabled: bool,
    /// When it looks.
    pub trigger: Trigger,
    /// What must hold then, as in saved views, and over `previous_status`, `previous_priority`, `previous_assignee`, `previous_team`,
    /// `done_by` and `message`; `{"all": []}` holds always.
    #[schema(value_type = Condition)]
    pub condition: serde_json::Value,
    /// What its text becomes; left out without a text. A reply of a rule is no answer: whoever waits goes on waiting.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Its text, by language, with variables as in canned responses; at most 10,000 characters each.
    #[serde(default)]
    pub texts: Localised,
    /// What it does, at most 20 actions. Later ones win over earlier ones.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Whether later rules do not run for the same event.
    #[serde(default)]
    pub stops: bool,
    /// Whose conversations it is for: `everyone`, `brand` or `team`.
    pub sharing: Sharing,
}

fn on() -> bool {
    true
}

/// A change of a rule; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RuleChange {
    /// New name.
    pub name: Option<String>,
    /// Whether it runs from now on.
    pub enabled: Option<bool>,
    /// New trigger.
    pub trigger: Option<Trigger>,
    /// New condition, whole.
    #[schema(value_type = Option<Condition>)]
    pub condition: Option<serde_json::Value>,
    /// What its text becomes now; null takes the text away.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<Mode>)]
    pub mode: Option<Option<Mode>>,
    /// New texts, in all languages.
    pub texts: Option<Localised>,
    /// New actions, all of them.
    pub actions: Option<Vec<Action>>,
    /// Whether later rules do not run for the same event.
    pub stops: Option<bool>,
    /// Whose conversations it is for now.
    pub sharing: Option<Sharing>,
}

/// A new place in the order.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulePlace {
    /// The rule it now runs before; null for the last place.
    pub before_id: Option<RuleId>,
}

/// A rule whose values were looked at.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) enabled: bool,
    pub(super) trigger: Trigger,
    pub(super) condition: Condition,
    pub(super) doing: Doing,
    pub(super) stops: bool,
    pub(super) sharing: Sharing,
}

impl NewRule {
    /// What is kept of what was typed.
    pub(super) fn checked(&self, tx: &mut Tx<'_>) -> Result<Checked, Problem> {
        self.trigger.check()?;
        if let Some(at) = self.actions.iter().position(|action| *action == Action::AssignToMe) {
            return Err(Problem::invalid(&format!("/actions/{at}"), "A rule is nobody. Say whom to assign it to."));
        }
        if self.sharing.with == SharedWith::Me {
            return Err(Problem::invalid("/sharing", "A rule is for everyone's conversations, a brand's or a team's."));
        }
        let doing = Doing { mode: self.mode, texts: self.texts.clone(), actions: self.actions.clone() }.checked(tx)?;
        if doing.mode.is_none() && doing.actions.is_empty() && !self.stops {
            return Err(Problem::invalid("/actions", "A rule does something, says something, or keeps later rules from running."));
        }
        Ok(Checked {
            name: check::text("/name", &self.name, 80)?,
            enabled: self.enabled,
            trigger: self.trigger,
            condition: Condition::read(&self.condition, &facts::fields(tx)?, "/condition")?,
            doing,
            stops: self.stops,
            sharing: self.sharing,
        })
    }
}

/// The part of the company whose conversations a rule is for.
pub(super) fn part(team_id: Option<TeamId>, brand_id: Option<BrandId>) -> Part {
    Part { team_id, brand_id, ..Part::EVERYWHERE }
}
