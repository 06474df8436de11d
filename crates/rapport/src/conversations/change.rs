//! Changing a conversation: status, assignee, team, location, priority, tags, contact reason, subject. Each field is a change of its own, with
//! its own version and, where the team should read it later, its own line in the conversation.

use platform::{
    events::{ActorKind, Position},
    jobs,
    store::{Error, JsonText, Tx},
    web::Problem,
};

use super::{
    announce::{Changed, FieldChanged},
    keep, merges,
    model::{Author, Conversation, ConversationChange, MessageKind, Status, SystemLine},
    reasons,
    sla::{Deadline, TargetKind},
    store::{self, State},
    store_messages::{self, NewMessage},
    store_views,
};
use crate::{
    attributes::{self, AttributeOf},
    check,
    ids::{AgentId, ConversationId, MacroId, MessageId, SlaPolicyId, TeamId},
    people, places,
    viewer::{ActingRule, Permission, Viewer},
};

/// Changes a conversation on behalf of a viewer.
pub fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, based_on: Option<i64>, change: &ConversationChange) -> Result<Conversation, Problem> {
    let mut state = store::state(tx, viewer, id)?;
    may_change(viewer, &state, change)?;
    merges::refuse_part(tx, &state)?;
    if based_on.is_some_and(|version| version != state.version) {
        let current = store_views::conversation(tx, viewer, id)?;
        return Err(Problem::version_conflict(serde_json::to_value(current).unwrap_or_default()));
    }
    apply(tx, viewer, &mut state, change)?;
    match store_views::conversation(tx, viewer, id) {
        // Moving it out of one's own sight is allowed; it is shown once more to whoever did it.
        Err(platform::store::Error::NotFound) => Ok(store_views::conversation(tx, &Viewer::System { reason: "just moved by the viewer" }, id)?),
        other => Ok(other?),
    }
}

/// Does a change that its viewer may make.
pub(super) fn apply(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, change: &ConversationChange) -> Result<(), Problem> {
    change_owner(tx, viewer, state, change)?;
    change_label(tx, viewer, state, change)?;
    change_status(tx, viewer, state, change)
}

/// Who owns it, and what it is, are two permissions; a change of both takes both.
fn may_change(viewer: &Viewer, state: &State, change: &ConversationChange) -> Result<(), Problem> {
    if matches!(viewer, Viewer::Automation(_) | Viewer::System { .. }) {
        return Ok(());
    }
    let assigns = change.assignee_id.is_some() || change.team_id.is_some() || change.location_id.is_some();
    let others = ConversationChange { assignee_id: None, team_id: None, location_id: None, ..change.clone() };
    let writes = others != ConversationChange::default() || !assigns;
    for (asked, permission) in [(assigns, Permission::ConversationsAssign), (writes, Permission::ConversationsWrite)] {
        if asked && !viewer.agent().is_some_and(|agent| agent.can_in(permission, &state.scope)) {
            return Err(Problem::forbidden(&format!("You may read this conversation, not change this of it: that needs {} here.", permission.word())));
        }
    }
    Ok(())
}

fn change_owner(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, change: &ConversationChange) -> Result<(), Problem> {
    if let Some(assignee) = change.assignee_id
        && assignee != state.assignee_id
    {
        if let Some(agent) = assignee
            && people::names_of(tx, &[agent])?.is_empty()
        {
            return Err(Problem::invalid("/assignee_id", "This is not an agent who may sign in."));
        }
        assign(tx, viewer, state, assignee)?;
    }
    if let Some(team) = change.team_id
        && team != state.scope.team_id
    {
        set_team(tx, viewer, state, team).map_err(missing("/team_id"))?;
    }
    if let Some(location) = change.location_id
        && location != state.scope.location_id
    {
        if let Some(location) = location
            && !places::may_lie_at(tx, viewer, state.scope.brand_id, location)?
        {
            return Err(Problem::invalid("/location_id", "There is no such thing."));
        }
        let (from, to) = (state.scope.location_id.map(|id| id.to_string()), location.map(|id| id.to_string()));
        step(tx, viewer, state, Line { field: "location", system: None, from, to }, |state| state.scope.location_id = location)
            .map_err(missing("/location_id"))?;
    }
    Ok(())
}

fn change_label(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, change: &ConversationChange) -> Result<(), Problem> {
    if let Some(priority) = change.priority
        && priority != state.priority
    {
        let line = Line { field: "priority", system: Some("priority_changed"), from: Some(state.priority.word().into()), to: Some(priority.word().into()) };
        step(tx, viewer, state, line, |state| state.priority = priority)?;
    }
    if let Some(tags) = &change.tags {
        let tags = check_tags(tags)?;
        if tags != state.tags {
            // Tags are words of the company's own, so the event does not name them.
            step(tx, viewer, state, Line { field: "tags", system: None, from: None, to: None }, |state| state.tags.clone_from(&tags))?;
        }
    }
    if let Some(reason) = change.contact_reason_id
        && reason != state.contact_reason_id
    {
        if let Some(reason) = reason {
            reasons::choose(tx, reason, state.scope.brand_id)?;
        }
        let (from, to) = (state.contact_reason_id.map(|id| id.to_string()), reason.map(|id| id.to_string()));
        step(tx, viewer, state, Line { field: "contact_reason", system: Some("reason_changed"), from, to }, |state| state.contact_reason_id = reason)?;
    }
    let values = attributes::changed(tx, AttributeOf::Conversation, &state.attributes, &change.attributes)?;
    if values != state.attributes {
        // What they say is the company's and its customers' own, so the event does not.
        step(tx, viewer, state, Line { field: "attributes", system: None, from: None, to: None }, |state| state.attributes = values)?;
    }
    if let Some(subject) = &change.subject {
        let subject = check::text("/subject", subject, 200)?;
        if subject != state.subject {
            step(tx, viewer, state, Line { field: "subject", system: None, from: None, to: None }, |state| state.subject.clone_from(&subject))?;
        }
    }
    Ok(())
}

fn change_status(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, change: &ConversationChange) -> Result<(), Problem> {
    let sleeps = change.snoozed_until.is_some() || change.snoozed_until_answer == Some(true);
    let wanted = match (change.status, sleeps) {
        (None, false) => return Ok(()),
        (None | Some(Status::Snoozed), true) => Status::Snoozed,
        (Some(Status::Snoozed), false) => return Err(Problem::invalid("/snoozed_until", "Say until when it sleeps: snoozed_until, or snoozed_until_answer.")),
        (Some(_), true) => return Err(Problem::invalid("/status", "A conversation that sleeps has the status snoozed.")),
        (Some(status), false) => status,
    };
    if change.snoozed_until.is_some_and(|until| until <= tx.now()) {
        return Err(Problem::invalid("/snoozed_until", "This time is over. Choose a later one."));
    }
    if wanted == state.status && !sleeps {
        return Ok(());
    }
    if wanted == Status::Resolved {
        reasons::demanded(tx, viewer, state)?;
        required(tx, viewer, state)?;
    }
    let now = tx.now();
    let line = Line { field: "status", system: Some("status_changed"), from: Some(state.status.word().into()), to: Some(wanted.word().into()) };
    let (until, until_answer) = (change.snoozed_until, change.snoozed_until_answer.unwrap_or(false) || (sleeps && change.snoozed_until.is_none()));
    step(tx, viewer, state, line, |state| {
        state.status = wanted;
        state.snoozed_until = until.filter(|_| wanted == Status::Snoozed);
        state.snoozed_until_answer = wanted == Status::Snoozed && until_answer;
        state.resolved_at = (wanted == Status::Resolved).then_some(now);
        if wanted == Status::Resolved || wanted == Status::Waiting {
            state.waiting_since = None;
        }
    })?;
    let key = wake_key(state.id);
    match state.snoozed_until {
        Some(until) => jobs::enqueue(tx, super::wake::JOB, &JsonText::of(&state.id), until, Some(&key))?,
        None => jobs::cancel(tx, &key)?,
    }
    Ok(())
}

/// Refuses resolving by an agent while what the company requires is not filled in.
fn required(tx: &mut Tx<'_>, viewer: &Viewer, state: &State) -> Result<(), Problem> {
    let missing = if viewer.agent().is_some() { attributes::missing(tx, &state.attributes)? } else { Vec::new() };
    if missing.is_empty() {
        return Ok(());
    }
    let keys: Vec<&str> = missing.iter().map(|attribute| attribute.key.as_str()).collect();
    let detail = format!("Before this is resolved, these attributes have to be filled in: {}. Nothing was changed.", keys.join(", "));
    Err(Problem::conflict("attribute_missing", detail).with("attributes", keys.into()))
}

/// Under which the job waits that wakes a conversation.
pub(super) fn wake_key(id: ConversationId) -> String {
    format!("wake {id}")
}

struct Line {
    field: &'static str,
    system: Option<&'static str>,
    from: Option<String>,
    to: Option<String>,
}

/// Says that a macro was run: its id in the event, its name in the line the team reads.
pub(super) fn ran_macro(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, id: MacroId, name: &str) -> Result<(), Problem> {
    step_told(tx, viewer, state, Line { field: "macro", system: Some("macro_ran"), from: None, to: Some(id.to_string()) }, Some(name), |_| {})
}

/// Says that a rule did something: its id in the event, its name and what made it run in the line the team reads.
pub(super) fn rule_ran(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, rule: &ActingRule, because: &str) -> Result<(), Problem> {
    let line = Line { field: "rule", system: Some("rule_ran"), from: Some(because.to_owned()), to: Some(rule.id.to_string()) };
    step_told(tx, viewer, state, line, Some(&rule.name), |_| {})
}

/// Gives it to an agent.
pub(super) fn assign(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, agent: Option<AgentId>) -> Result<(), Problem> {
    let (from, to) = (state.assignee_id.map(|id| id.to_string()), agent.map(|id| id.to_string()));
    step(tx, viewer, state, Line { field: "assignee", system: Some("assigned"), from, to }, |state| state.assignee_id = agent)
}

/// Gives it to a team.
pub(super) fn move_to_team(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, team: TeamId) -> Result<(), Problem> {
    let mut state = store::state(tx, viewer, id)?;
    set_team(tx, viewer, &mut state, Some(team))
}

fn set_team(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, team: Option<TeamId>) -> Result<(), Problem> {
    let (from, to) = (state.scope.team_id.map(|id| id.to_string()), team.map(|id| id.to_string()));
    step(tx, viewer, state, Line { field: "team", system: Some("team_changed"), from, to }, |state| state.scope.team_id = team)
}

/// Its next deadline is another, because hours or promises changed.
pub(super) fn assessed(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, now: (Option<SlaPolicyId>, Option<Deadline>)) -> Result<(), Problem> {
    step(tx, viewer, state, Line { field: "deadline", system: None, from: None, to: None }, |state| (state.sla_policy_id, state.due) = now)
}

/// A deadline is near, or is over; only the latter stands in the conversation afterwards.
pub(super) fn told_deadline(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, kind: TargetKind, breached: bool) -> Result<(), Problem> {
    let field = if breached { "sla_breached" } else { "sla_warned" };
    step(tx, viewer, state, Line { field, system: breached.then_some(field), from: None, to: Some(kind.word().into()) }, |_| {})
}

/// One change: raise the version, save, announce, and write the line the team reads.
fn step(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, line: Line, apply: impl FnOnce(&mut State)) -> Result<(), Problem> {
    step_told(tx, viewer, state, line, None, apply)
}

/// As [`step`]; `told` stands in the line instead of the id, where what it names may be gone when it is read.
fn step_told(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, line: Line, told: Option<&str>, apply: impl FnOnce(&mut State)) -> Result<(), Problem> {
    let before = state.clone();
    apply(state);
    state.version += 1;
    // Customers see whether a conversation is resolved, and nothing else of these fields.
    state.public_version += i64::from((before.status == Status::Resolved) != (state.status == Status::Resolved));
    state.last_seq += i64::from(line.system.is_some());
    keep::save(tx, &before, state)?;
    let id = tx.id();
    let changed = Changed {
        message_id: line.system.map(|_| id),
        seq: line.system.map(|_| state.last_seq),
        field: Some(line.field.into()),
        from: line.from.clone(),
        to: line.to.clone(),
        ..Changed::default()
    };
    let position = FieldChanged::announce(tx, viewer.actor(), state, changed)?;
    let Some(kind) = line.system else { return Ok(()) };
    let system = SystemLine { kind: kind.into(), from: line.from, to: told.map(str::to_owned).or(line.to) };
    Ok(write_line(tx, viewer, state, id, position, system)?)
}

/// Whoever it is as an author, for the team.
pub(super) fn author_of(viewer: &Viewer) -> Author {
    match viewer {
        Viewer::Agent(agent) => Author { kind: ActorKind::Agent, id: Some(agent.id.0), name: Some(agent.name.clone()) },
        Viewer::Automation(rule) => Author { kind: ActorKind::Automation, id: Some(rule.id.0), name: Some(rule.name.clone()) },
        Viewer::Nobody | Viewer::Visitor(_) | Viewer::System { .. } => Author { kind: ActorKind::System, id: None, name: None },
    }
}

/// Writes the line the team reads, as the newest message.
pub(super) fn write_line(tx: &mut Tx<'_>, viewer: &Viewer, state: &State, id: MessageId, position: Option<Position>, system: SystemLine) -> Result<(), Error> {
    store_messages::insert(
        tx,
        &NewMessage {
            id,
            conversation_id: state.id,
            seq: state.last_seq,
            position,
            kind: MessageKind::System,
            author: author_of(viewer),
            text: "",
            system: Some(system),
            channel: &state.channel,
            inbox_id: state.scope.inbox_id,
            identity_id: None,
            visitor_id: None,
            verification: None,
            delivery: None,
            key: None,
        },
    )
}

/// Tags as they are kept.
pub(super) fn check_tags(tags: &[String]) -> Result<Vec<String>, Problem> {
    if tags.len() > 20 {
        return Err(Problem::invalid("/tags", "At most 20 tags."));
    }
    let mut checked: Vec<String> = Vec::new();
    for tag in tags {
        let tag = check::text("/tags", tag, 40)?.to_lowercase();
        if !checked.contains(&tag) {
            checked.push(tag);
        }
    }
    Ok(checked)
}

fn missing(pointer: &'static str) -> impl Fn(Problem) -> Problem {
    move |problem| if problem.code == "fault" { Problem::invalid(pointer, "There is no such thing.") } else { problem }
}
