//! The rules that are switched on, by what makes them look, and events as they see them.

use std::collections::BTreeMap;

use platform::{
    clock::Moment,
    events::{Actor, ActorKind, Cause, Position, Recorded},
    store::Result,
};

use super::{facts, model::On};
use crate::{
    conditions::Condition,
    conversations::{self, Changed, Status, actions::Doing, facts::Needs},
    ids::ConversationId,
    rights::Part,
    viewer::ActingRule,
};

/// A rule as the follower keeps it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) acting: ActingRule,
    pub(super) over: Part,
    pub(super) on: On,
    /// For triggers of time.
    pub(super) minutes: u64,
    pub(super) condition: Condition,
    pub(super) doing: Doing,
    pub(super) stops: bool,
    pub(super) since: Position,
}

/// All that are switched on, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    /// Which they are; another number says that they have changed.
    pub(super) version: i64,
    pub(super) list: Vec<Kept>,
    by_trigger: BTreeMap<On, Vec<usize>>,
    pub(super) needs: Needs,
    /// Whether some rule asks what a message says.
    pub(super) reads_messages: bool,
}

impl Rules {
    pub(super) fn new(version: i64, list: Vec<Kept>) -> Rules {
        let mut by_trigger: BTreeMap<On, Vec<usize>> = BTreeMap::new();
        for (at, rule) in list.iter().enumerate() {
            by_trigger.entry(rule.on).or_default().push(at);
        }
        let reads_messages = list.iter().flat_map(|rule| rule.condition.clauses()).any(|clause| clause.field == facts::MESSAGE);
        Rules { version, needs: Needs::of(list.iter().map(|rule| &rule.condition)), by_trigger, reads_messages, list }
    }

    /// Those that look at what happened, in their order. What a rule did itself does not make it look again.
    pub(super) fn looking<'a>(&'a self, happened: &'a Happened) -> impl Iterator<Item = &'a Kept> {
        let mut concerned: Vec<usize> = happened.on.iter().filter_map(|on| self.by_trigger.get(on)).flatten().copied().collect();
        // A rule has one trigger, so none is there twice.
        concerned.sort_unstable();
        concerned.into_iter().map(|at| &self.list[at]).filter(|rule| {
            let own = happened.actor.is_some_and(|actor| actor.id == Some(rule.acting.id.0));
            !own && happened.cause.is_none_or(|cause| rule.since < cause.position)
        })
    }

    /// Those that time brings.
    pub(super) fn of_time(&self) -> impl Iterator<Item = &Kept> {
        self.list.iter().filter(|rule| rule.on.is_time())
    }
}

impl Kept {
    /// Whether it holds for what happened, and which of its clauses do.
    pub(super) fn fits(&self, told: &facts::Told<'_>, now: Moment) -> bool {
        self.over.covers(&told.facts.scope) && self.condition.holds(told, crate::conditions::Asked { me: None, now }).holds
    }
}

/// What happened to a conversation, as rules see it.
#[derive(Clone, Debug)]
pub(super) struct Happened {
    pub(super) conversation: ConversationId,
    /// What it is, e.g. a customer's message that reopens.
    pub(super) on: Vec<On>,
    /// The event; none when time brought it.
    pub(super) cause: Option<Cause>,
    pub(super) actor: Option<Actor>,
    /// Which field it moved, and what that was before.
    pub(super) moved: Option<(String, Option<String>)>,
    /// The message it made.
    pub(super) seq: Option<i64>,
    /// From when time was counted.
    pub(super) clock: Option<Moment>,
}

impl Happened {
    /// What an event is to rules; nothing for one that none of them looks at.
    pub(super) fn read(event: &Recorded) -> Result<Option<Happened>> {
        if !conversations::KINDS.contains(&event.kind.as_str()) {
            return Ok(None);
        }
        let changed: Changed = event.read()?;
        let on = triggers(&event.kind, event.actor, &changed);
        if on.is_empty() {
            return Ok(None);
        }
        let field = changed.field.or_else(|| changed.from.is_some().then(|| "status".to_owned()));
        Ok(Some(Happened {
            conversation: changed.conversation_id,
            on,
            cause: Some(event.cause()),
            actor: Some(event.actor),
            moved: field.map(|field| (field, changed.from)),
            seq: changed.message_id.and(changed.seq),
            clock: None,
        }))
    }

    /// A rule of time came due.
    pub(super) fn due(on: On, conversation: ConversationId, clock: Moment) -> Happened {
        Happened { conversation, on: vec![on], cause: None, actor: None, moved: None, seq: None, clock: Some(clock) }
    }

    /// Under this a run of a rule stands once for a conversation.
    pub(super) fn cause_word(&self) -> String {
        match (self.cause, self.clock) {
            (Some(cause), _) => cause.position.to_string(),
            (None, Some(clock)) => clock.to_string(),
            (None, None) => String::new(),
        }
    }

    pub(super) fn depth(&self) -> i64 {
        self.cause.map_or(0, |cause| cause.depth)
    }
}

fn triggers(kind: &str, actor: Actor, changed: &Changed) -> Vec<On> {
    let mut on = Vec::new();
    // What rules write is read by people: rules do not answer it.
    let is_ours = actor.kind != ActorKind::Automation;
    match (kind, changed.field.as_deref()) {
        ("conversations.received", _) => on.push(On::MessageReceived),
        ("conversations.replied", _) if is_ours => on.push(On::ReplySent),
        ("conversations.noted", _) if is_ours => on.push(On::NoteAdded),
        ("conversations.changed", Some(field)) => on.extend(match field {
            "assignee" => Some(On::AssigneeChanged),
            "team" => Some(On::TeamChanged),
            "priority" => Some(On::PriorityChanged),
            "tags" => Some(On::TagsChanged),
            "contact_reason" => Some(On::ContactReasonChanged),
            "attributes" => Some(On::AttributesChanged),
            "sla_warned" => Some(On::DeadlineNear),
            "sla_breached" => Some(On::DeadlineMissed),
            _ => None,
        }),
        _ => {}
    }
    if changed.started {
        on.push(On::ConversationCreated);
    }
    let is_of_status = changed.field.as_deref().map_or(changed.from.is_some(), |field| field == "status");
    if is_of_status {
        on.push(On::StatusChanged);
        let resolved = Some(Status::Resolved.word());
        if changed.from.as_deref() == resolved && changed.to.as_deref() != resolved {
            on.push(On::Reopened);
        }
    }
    on
}
