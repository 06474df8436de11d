//! Adding, changing, ordering and removing rules.

use platform::{
    events::{self, Event},
    store::{Error, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{Checked, NewRule, Rule, RuleChange, RulePlace, part},
    store,
};
use crate::{
    conversations::{
        Mode,
        actions::{Action, Doing},
        sharing::Sharing,
    },
    ids::RuleId,
    viewer::{AgentAccess, Permission, Viewer},
};

/// Every event is held against those that look at it: there are not more than the follower can keep up with.
const LIMIT: usize = 500;

/// A rule was added, changed, moved or removed.
#[derive(Serialize)]
struct RuleChanged {
    rule_id: RuleId,
    version: i64,
}
impl Event for RuleChanged {
    const KIND: &'static str = "automation.rule_changed";
    fn stream(&self) -> Uuid {
        self.rule_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Tells of a change, and has the follower read the rules anew.
fn changed(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId, version: i64) -> Result<(), Problem> {
    store::rules_changed(tx)?;
    Ok(tx.announce(viewer.actor(), &RuleChanged { rule_id: id, version }).map(drop)?)
}

pub(super) fn agent_of(viewer: &Viewer) -> Result<&AgentAccess, Problem> {
    viewer.agent().ok_or_else(Problem::not_found)
}

/// What holds for everyone is seen by whoever keeps rules anywhere; what is a brand's or a team's, by those who keep rules there.
fn is_seen(viewer: &Viewer, sharing: &Sharing) -> bool {
    match (sharing.brand_id, sharing.team_id) {
        (Some(brand), _) => viewer.reaches_brand(Permission::AutomationManage, brand),
        (_, Some(_)) => viewer.can_over(Permission::AutomationManage, &part(sharing.team_id, None)),
        (None, None) => true,
    }
}

fn shown(viewer: &Viewer, rule: Rule) -> Option<Rule> {
    let may_change = viewer.agent().is_some_and(|agent| rule.sharing.is_kept_by(agent, Permission::AutomationManage));
    is_seen(viewer, &rule.sharing).then_some(Rule { may_change, ..rule })
}

/// All that the viewer may see, in their order.
pub(super) fn seen_by(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Rule>, Problem> {
    Ok(store::all(tx)?.into_iter().filter_map(|rule| shown(viewer, rule)).collect())
}

/// One, if the viewer may see it.
pub(super) fn one(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId) -> Result<Rule, Problem> {
    shown(viewer, store::one(tx, id)?).ok_or_else(Problem::not_found)
}

fn one_to_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId) -> Result<Rule, Problem> {
    let rule = one(tx, viewer, id)?;
    if rule.may_change { Ok(rule) } else { Err(Problem::forbidden("You may see this rule, not change it.")) }
}

/// What is kept, if the agent may have it done: never more than they may do themselves, never in more conversations.
pub(super) fn checked(tx: &mut Tx<'_>, agent: &AgentAccess, new: &NewRule) -> Result<Checked, Problem> {
    let rule = new.checked(tx)?;
    rule.sharing.check(tx, agent, Permission::AutomationManage)?;
    let over = part(rule.sharing.team_id, rule.sharing.brand_id);
    if let Some(lacking) = demanded(&rule.doing).into_iter().find(|permission| !agent.can_over(*permission, &over)) {
        let detail = format!("A rule does what you may do yourself: this needs {} in all conversations it is for.", lacking.word());
        return Err(Problem::forbidden(&detail));
    }
    Ok(rule)
}

fn demanded(doing: &Doing) -> Vec<Permission> {
    let assigns = |action: &Action| matches!(action, Action::Assign { .. } | Action::SetTeam { .. });
    let mut demanded = vec![Permission::ConversationsRead];
    demanded.extend(doing.mode.map(|mode| if mode == Mode::Reply { Permission::ConversationsWrite } else { Permission::ConversationsNote }));
    demanded.extend(doing.actions.iter().map(|action| if assigns(action) { Permission::ConversationsAssign } else { Permission::ConversationsWrite }));
    demanded
}

/// From now on a rule looks at what happens. Nobody followed the log while none was switched on.
fn begin(tx: &mut Tx<'_>, id: Option<RuleId>) -> Result<i64, Problem> {
    let head = events::head(tx)?;
    let follows = store::progress(tx)?.is_some() && store::all(tx)?.iter().any(|rule| rule.enabled && Some(rule.id) != id);
    if !follows {
        store::begin_at(tx, head)?;
    }
    Ok(head)
}

/// Adds one, at the end.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewRule) -> Result<Rule, Problem> {
    let agent = agent_of(viewer)?;
    let rule = checked(tx, agent, new)?;
    if store::order(tx)?.len() >= LIMIT {
        return Err(Problem::invalid("", format!("There are {LIMIT} rules. Remove one that nobody needs.")));
    }
    let head = begin(tx, None)?;
    let id = store::insert(tx, agent, &rule, head).map_err(told)?;
    changed(tx, viewer, id, 1)?;
    one(tx, viewer, id)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId, based_on: Option<i64>, change: &RuleChange) -> Result<Rule, Problem> {
    let agent = agent_of(viewer)?;
    let before = one_to_keep(tx, viewer, id)?;
    if based_on.is_some_and(|version| version != before.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&before).unwrap_or_default()));
    }
    if *change == (RuleChange { enabled: Some(false), ..RuleChange::default() }) {
        // Also one that names what is gone can be stopped.
        store::switch_off(tx, id, before.version + 1)?;
        changed(tx, viewer, id, before.version + 1)?;
        return one(tx, viewer, id);
    }
    let change = change.clone();
    let new = NewRule {
        name: change.name.unwrap_or(before.name),
        enabled: change.enabled.unwrap_or(before.enabled),
        trigger: change.trigger.unwrap_or(before.trigger),
        condition: change.condition.unwrap_or_else(|| before.condition.clone()),
        mode: change.mode.unwrap_or(before.mode),
        texts: change.texts.unwrap_or(before.texts),
        actions: change.actions.unwrap_or(before.actions),
        stops: change.stops.unwrap_or(before.stops),
        sharing: change.sharing.unwrap_or(before.sharing),
    };
    let rule = checked(tx, agent, &new)?;
    let begins = rule.enabled && (!before.enabled || rule.trigger != before.trigger);
    if begins {
        let head = begin(tx, Some(id))?;
        store::begin_from(tx, id, head)?;
    }
    store::update(tx, agent, id, &rule, before.version + 1).map_err(told)?;
    changed(tx, viewer, id, before.version + 1)?;
    one(tx, viewer, id)
}

/// Moves one in the order.
pub(super) fn put(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId, wanted: RulePlace) -> Result<Vec<Rule>, Problem> {
    let rule = one_to_keep(tx, viewer, id)?;
    let mut order = store::order(tx)?;
    order.retain(|(other, _)| *other != id);
    let at = match wanted.before_id {
        None => order.len(),
        Some(before) => {
            one(tx, viewer, before).map_err(|_| Problem::invalid("/before_id", "There is no such rule."))?;
            order.iter().position(|(other, _)| *other == before).ok_or_else(|| Problem::invalid("/before_id", "A rule does not stand before itself."))?
        }
    };
    let place = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|(_, place)| *place);
    let place = match (place(at.checked_sub(1)), place(Some(at))) {
        (Some(before), Some(after)) if after - before > 1 => Some(before + (after - before) / 2),
        (Some(_), Some(_)) => None,
        (Some(before), None) => Some(before + store::APART),
        (None, Some(after)) => Some(after - store::APART),
        (None, None) => Some(0),
    };
    match place {
        Some(place) => store::set_place(tx, id, place)?,
        // There is no room left between the two: all get new places.
        None => {
            order.insert(at, (id, 0));
            for (nth, (other, _)) in (1..).zip(&order) {
                store::set_place(tx, *other, nth * store::APART)?;
            }
        }
    }
    store::raise_version(tx, id, rule.version + 1)?;
    changed(tx, viewer, id, rule.version + 1)?;
    seen_by(tx, viewer)
}

/// Removes one. What it did stays, and stays listed.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: RuleId) -> Result<(), Problem> {
    one_to_keep(tx, viewer, id)?;
    store::delete(tx, id)?;
    changed(tx, viewer, id, i64::MAX)
}

fn told(error: Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/name", "There is a rule of that name here already.")
    } else if error.is_reference() {
        Problem::invalid("/sharing/team_id", "There is no such team.")
    } else {
        error.into()
    }
}
