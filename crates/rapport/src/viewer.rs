//! Who asks. The only way to an object is through its viewer; not permitted looks exactly like not there.

use std::{num::NonZeroU32, sync::Arc};

use platform::{
    clock::Moment,
    events::{Actor, ActorKind},
};
use uuid::Uuid;

use crate::ids::{AgentId, ApiTokenId, BrandId, InboxId, RuleId, SessionId, VisitorId};
pub use crate::rights::{Part, Permission, Permissions, Role, RoleKey, Scope};

/// Permissions over a part of the company.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// What its role may do.
    pub permissions: Permissions,
    /// Where.
    pub over: Part,
}

/// How an agent came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Through {
    /// A signed-in browser.
    Session(SessionId),
    /// An API token.
    Token(ApiTokenId),
}

/// A member of staff and what they may do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgentAccess {
    /// Who.
    pub id: AgentId,
    /// Their name, as customers see it.
    pub name: String,
    /// How they came in.
    pub through: Through,
    /// Their roles.
    pub grants: Vec<Grant>,
    /// Set when a token allows less than the roles.
    pub only: Option<Permissions>,
    /// Until when, when a token expires.
    pub until: Option<Moment>,
    /// What a request takes from the budget of the token, when it has one.
    pub cost: Option<NonZeroU32>,
}

impl AgentAccess {
    /// An agent who comes in with all their rights.
    pub fn new(id: AgentId, name: String, through: Through, grants: Vec<Grant>) -> AgentAccess {
        AgentAccess { id, name, through, grants, only: None, until: None, cost: None }
    }
}

impl AgentAccess {
    /// Whether `permission` is granted somewhere.
    pub fn can(&self, permission: Permission) -> bool {
        self.granted(permission).next().is_some()
    }

    /// Whether `permission` is granted over `scope`.
    pub fn can_in(&self, permission: Permission, scope: &Scope) -> bool {
        self.granted(permission).any(|over| over.covers(scope))
    }

    /// Whether `permission` is granted over all of a part.
    pub fn can_over(&self, permission: Permission, part: &Part) -> bool {
        self.granted(permission).any(|over| over.contains(part))
    }

    /// Whether `permission` is granted over everything.
    pub fn can_everywhere(&self, permission: Permission) -> bool {
        self.can_over(permission, &Part::EVERYWHERE)
    }

    /// Whether an agent of these rights may hand out `grant`: never more than their own, never wider.
    pub fn may_give(&self, grant: &Grant) -> bool {
        [Permission::AgentsManage].into_iter().chain(grant.permissions.iter()).all(|permission| self.can_over(permission, &grant.over))
    }

    /// Where `permission` is granted.
    pub(crate) fn granted(&self, permission: Permission) -> impl Iterator<Item = &Part> {
        let allowed = self.only.is_none_or(|only| only.contains(permission));
        self.grants.iter().filter(move |grant| allowed && grant.permissions.contains(permission)).map(|grant| &grant.over)
    }
}

/// A visitor of a chat, as far as the token says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visitor {
    /// The session.
    pub id: VisitorId,
    /// The inbox it was opened in.
    pub inbox_id: InboxId,
    /// The browser's language, when it told one.
    pub language: Option<String>,
    /// The browser's time zone, when it told one.
    pub time_zone: Option<String>,
}

impl Visitor {
    /// A session of which nothing else is known.
    pub fn new(id: VisitorId, inbox_id: InboxId) -> Visitor {
        Visitor { id, inbox_id, language: None, time_zone: None }
    }
}

/// A rule of the company's while it runs. Whether it holds for a conversation was looked at before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActingRule {
    /// Which.
    pub id: RuleId,
    /// What it is called.
    pub name: String,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// A stranger.
    Nobody,
    /// A member of staff.
    Agent(Arc<AgentAccess>),
    /// A visitor of a chat.
    Visitor(Visitor),
    /// A rule that does something.
    Automation(Arc<ActingRule>),
    /// Rapport itself, and why it looks.
    System {
        /// For the log.
        reason: &'static str,
    },
}

impl Viewer {
    /// The agent who asks; strangers, visitors, rules and the system are none.
    pub fn agent(&self) -> Option<&AgentAccess> {
        match self {
            Viewer::Agent(access) => Some(access),
            _ => None,
        }
    }

    /// The first two parameters of every statement that shows conversations: does the viewer see all, and who is it.
    pub fn sight(&self) -> (bool, Uuid) {
        self.sight_by(Permission::ConversationsRead)
    }

    /// The same for statements that show contacts.
    pub fn sight_of_contacts(&self) -> (bool, Uuid) {
        self.sight_by(Permission::ContactsRead)
    }

    /// Grants are looked up by the id, so whoever lacks the permission, e.g. with a token that does not hold it, is nobody here.
    fn sight_by(&self, permission: Permission) -> (bool, Uuid) {
        match self {
            Viewer::Agent(access) if access.can(permission) => (access.can_everywhere(permission), access.id.0),
            Viewer::Automation(_) | Viewer::System { .. } => (true, Uuid::nil()),
            Viewer::Agent(_) | Viewer::Nobody | Viewer::Visitor(_) => (false, Uuid::nil()),
        }
    }

    /// Whether the viewer has `permission` over all of a part.
    pub fn can_over(&self, permission: Permission, part: &Part) -> bool {
        match self {
            Viewer::Agent(access) => access.can_over(permission, part),
            Viewer::Automation(_) | Viewer::System { .. } => true,
            Viewer::Nobody | Viewer::Visitor(_) => false,
        }
    }

    /// Whether the viewer knows of a brand, by `people.read` over any part of it.
    pub fn knows_brand(&self, id: BrandId) -> bool {
        self.reaches_brand(Permission::PeopleRead, id)
    }

    /// Whether the viewer has `permission` over any part of a brand.
    pub fn reaches_brand(&self, permission: Permission, id: BrandId) -> bool {
        self.reaches(permission, |over| over.brand_id.is_none_or(|brand| brand == id))
    }

    /// Whether the viewer knows of an inbox of a brand, in the same way.
    pub fn knows_inbox(&self, brand_id: BrandId, id: InboxId) -> bool {
        self.reaches(Permission::PeopleRead, |over| over.brand_id.is_none_or(|brand| brand == brand_id) && over.inbox_id.is_none_or(|inbox| inbox == id))
    }

    fn reaches(&self, permission: Permission, reaches: impl Fn(&Part) -> bool) -> bool {
        match self {
            Viewer::Agent(access) => access.granted(permission).any(reaches),
            Viewer::Automation(_) | Viewer::System { .. } => true,
            Viewer::Nobody | Viewer::Visitor(_) => false,
        }
    }

    /// As the log of events names them.
    pub fn actor(&self) -> Actor {
        match self {
            Viewer::Agent(access) => Actor::agent(access.id.0),
            Viewer::Automation(rule) => Actor { kind: ActorKind::Automation, id: Some(rule.id.0) },
            Viewer::Nobody | Viewer::Visitor(_) | Viewer::System { .. } => Actor::SYSTEM,
        }
    }
}

/// The condition under which a row with a scope is visible; `$1` and `$2` are [`Viewer::sight`]. Whether a grant's role reads
/// conversations stands beside the grant, so that this asks no other table.
#[macro_export]
macro_rules! visible {
    ($row:literal) => {
        $crate::granted!($row, "g.reads_conversations")
    };
}

/// The same for contacts, by the scope of one of their conversations; `$1` and `$2` are [`Viewer::sight_of_contacts`].
#[macro_export]
macro_rules! visible_contact {
    ($row:literal) => {
        $crate::granted!($row, "g.reads_contacts")
    };
}

/// The condition under which a grant over the row's scope says `what`.
#[macro_export]
macro_rules! granted {
    ($row:literal, $what:literal) => {
        concat!(
            "($1 OR EXISTS (SELECT 1 FROM agent_grant g WHERE g.agent_id = $2 AND ",
            $what,
            " AND (g.brand_id IS NULL OR g.brand_id = ",
            $row,
            ".brand_id)",
            " AND (g.team_id IS NULL OR g.team_id = ",
            $row,
            ".team_id)",
            " AND (g.inbox_id IS NULL OR g.inbox_id = ",
            $row,
            ".inbox_id)",
            " AND (g.location_id IS NULL OR EXISTS (SELECT 1 FROM location_ancestor a WHERE a.location_id = ",
            $row,
            ".location_id AND a.ancestor_id = g.location_id))))"
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{LocationId, TeamId};

    fn access(role: Role, over: Part) -> AgentAccess {
        let grants = vec![Grant { permissions: role.permissions(), over }];
        AgentAccess::new(AgentId::default(), "Sam".into(), Through::Token(ApiTokenId::default()), grants)
    }

    #[test]
    fn a_right_over_a_team_does_not_reach_conversations_without_one() {
        let team = TeamId(Uuid::max());
        let sam = access(Role::Agent, Part { team_id: Some(team), ..Part::EVERYWHERE });
        let mut scope = Scope { brand_id: BrandId::default(), location_id: None, team_id: None, inbox_id: InboxId::default() };

        assert!(!sam.can_in(Permission::ConversationsRead, &scope));
        scope.team_id = Some(team);
        assert!(sam.can_in(Permission::ConversationsRead, &scope));
        assert!(!sam.can_everywhere(Permission::ConversationsRead));
    }

    #[test]
    fn nobody_gives_more_than_they_have_nor_wider() {
        let (here, there) = (Part::brand(BrandId(Uuid::max())), Part::brand(BrandId::default()));
        let ines = access(Role::Supervisor, here.clone());
        let grant = |role: Role, over: &Part| Grant { permissions: role.permissions(), over: over.clone() };

        assert!(ines.may_give(&grant(Role::Agent, &here)));
        assert!(ines.may_give(&grant(Role::Supervisor, &Part { team_id: Some(TeamId::default()), ..here.clone() })), "narrower");
        assert!(!ines.may_give(&grant(Role::Administrator, &here)), "more");
        assert!(!ines.may_give(&grant(Role::Agent, &there)), "elsewhere");
        assert!(!ines.may_give(&grant(Role::Agent, &Part::EVERYWHERE)), "wider");
        assert!(!access(Role::Agent, here.clone()).may_give(&grant(Role::ReadOnly, &here)), "who does not manage agents gives nothing");
    }

    #[test]
    fn a_right_over_a_region_contains_its_stores_only() {
        let at = |ids: &[u128]| Part { location_ids: Some(ids.iter().map(|id| LocationId(Uuid::from_u128(*id))).collect()), ..Part::EVERYWHERE };

        assert!(at(&[1, 2, 3]).contains(&at(&[2])));
        assert!(!at(&[1, 2, 3]).contains(&at(&[3, 4])));
        assert!(!at(&[1, 2, 3]).contains(&Part::EVERYWHERE));
    }

    #[test]
    fn a_token_never_allows_more_than_its_scope() {
        let mut sam = access(Role::Administrator, Part::EVERYWHERE);
        sam.only = Some(Permissions::of(&[Permission::ContactsRead]));

        assert!(sam.can(Permission::ContactsRead));
        assert!(!sam.can(Permission::ConversationsRead));
        let sam = Viewer::Agent(sam.into());
        assert_eq!(sam.sight(), (false, Uuid::nil()), "grants of the owner show nothing to it");
    }
}
