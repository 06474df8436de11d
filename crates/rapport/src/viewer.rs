//! Who asks. The only way to an object is through its viewer; not permitted looks exactly like not there.

use std::sync::Arc;

use platform::{events::Actor, word_enum};
use uuid::Uuid;

use crate::ids::{AgentId, BrandId, InboxId, LocationId, SessionId, TeamId, VisitorId};

word_enum! {
    /// What somebody may do. Named by the part it belongs to.
    Permission {
        /// See conversations and their messages.
        ConversationsRead = "conversations.read",
        /// Answer, note, assign, change.
        ConversationsWrite = "conversations.write",
        /// See contacts and their timeline.
        ContactsRead = "contacts.read",
        /// Change contacts.
        ContactsWrite = "contacts.write",
        /// See colleagues, teams, brands, locations and inboxes.
        PeopleRead = "people.read",
        /// Invite, change and disable agents; keep teams.
        AgentsManage = "agents.manage",
        /// Keep brands and locations.
        PlacesManage = "places.manage",
        /// Keep inboxes and their keys.
        InboxesManage = "inboxes.manage",
        /// Keep the canned responses that others use as well.
        CannedResponsesManage = "canned_responses.manage",
        /// Keep the macros that others use as well.
        MacrosManage = "macros.manage",
        /// Keep the contact reasons.
        ContactReasonsManage = "contact_reasons.manage",
    }
}

word_enum! {
    /// A set of permissions.
    Role {
        /// Everything.
        Administrator = "administrator",
        /// Everything in conversations and contacts, and the teams.
        Supervisor = "supervisor",
        /// Conversations and contacts.
        Agent = "agent",
    }
}

impl Role {
    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            AgentsManage, CannedResponsesManage, ContactReasonsManage, ContactsRead, ContactsWrite, ConversationsRead, ConversationsWrite, MacrosManage,
            PeopleRead,
        };
        match self {
            Role::Administrator => Permission::ALL,
            Role::Supervisor => &[
                ConversationsRead,
                ConversationsWrite,
                ContactsRead,
                ContactsWrite,
                PeopleRead,
                AgentsManage,
                CannedResponsesManage,
                MacrosManage,
                ContactReasonsManage,
            ],
            Role::Agent => &[ConversationsRead, ConversationsWrite, ContactsRead, ContactsWrite, PeopleRead],
        }
    }
}

/// The access scope of a conversation: what rights are granted over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Scope {
    /// Never changes.
    pub brand_id: BrandId,
    /// The store or region, if any.
    pub location_id: Option<LocationId>,
    /// The team, if any.
    pub team_id: Option<TeamId>,
    /// The home inbox.
    pub inbox_id: InboxId,
}

/// A role over a part of the company; `None` is everywhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Only in this brand.
    pub brand_id: Option<BrandId>,
    /// Only at these: the granted location and all below it.
    pub location_ids: Option<Vec<LocationId>>,
    /// Only in this team.
    pub team_id: Option<TeamId>,
    /// Only in this inbox.
    pub inbox_id: Option<InboxId>,
}

impl Grant {
    fn covers(&self, scope: &Scope) -> bool {
        self.brand_id.is_none_or(|brand| brand == scope.brand_id)
            && self.location_ids.as_ref().is_none_or(|locations| scope.location_id.is_some_and(|location| locations.contains(&location)))
            && self.team_id.is_none_or(|team| scope.team_id == Some(team))
            && self.inbox_id.is_none_or(|inbox| inbox == scope.inbox_id)
    }

    fn is_everywhere(&self) -> bool {
        self.brand_id.is_none() && self.location_ids.is_none() && self.team_id.is_none() && self.inbox_id.is_none()
    }
}

/// How an agent came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Through {
    /// A signed-in browser.
    Session(SessionId),
    /// An API token.
    Token,
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
    pub only: Option<Vec<Permission>>,
}

impl AgentAccess {
    /// Whether `permission` is granted somewhere.
    pub fn can(&self, permission: Permission) -> bool {
        self.token_allows(permission) && self.grants.iter().any(|grant| grant.role.permissions().contains(&permission))
    }

    /// Whether `permission` is granted over `scope`.
    pub fn can_in(&self, permission: Permission, scope: &Scope) -> bool {
        self.token_allows(permission) && self.grants.iter().any(|grant| grant.role.permissions().contains(&permission) && grant.covers(scope))
    }

    /// Whether `permission` is granted over everything.
    pub fn can_everywhere(&self, permission: Permission) -> bool {
        self.token_allows(permission) && self.grants.iter().any(|grant| grant.role.permissions().contains(&permission) && grant.is_everywhere())
    }

    /// Whether `permission` is granted over all of a brand or team; with neither, over everything.
    pub fn can_over(&self, permission: Permission, brand: Option<BrandId>, team: Option<TeamId>) -> bool {
        let covers = |grant: &Grant| {
            grant.location_ids.is_none()
                && grant.inbox_id.is_none()
                && grant.brand_id.is_none_or(|granted| Some(granted) == brand)
                && grant.team_id.is_none_or(|granted| Some(granted) == team)
        };
        self.token_allows(permission) && self.grants.iter().any(|grant| grant.role.permissions().contains(&permission) && covers(grant))
    }

    /// The roles an agent of these rights may hand out: never more than their own, never wider.
    pub fn may_grant(&self, role: Role) -> bool {
        self.can_everywhere(Permission::AgentsManage) && role.permissions().iter().all(|permission| self.can_everywhere(*permission))
    }

    fn token_allows(&self, permission: Permission) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&permission))
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

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// A stranger.
    Nobody,
    /// A member of staff.
    Agent(Arc<AgentAccess>),
    /// A visitor of a chat.
    Visitor(Visitor),
    /// Rapport itself, and why it looks.
    System {
        /// For the log.
        reason: &'static str,
    },
}

impl Viewer {
    /// The agent who asks; strangers, visitors and the system are none.
    pub fn agent(&self) -> Option<&AgentAccess> {
        match self {
            Viewer::Agent(access) => Some(access),
            _ => None,
        }
    }

    /// The first two parameters of every statement that shows conversations: does the viewer see all, and who is it.
    pub fn sight(&self) -> (bool, Uuid) {
        match self {
            Viewer::Agent(access) => (access.can_everywhere(Permission::ConversationsRead), access.id.0),
            Viewer::System { .. } => (true, Uuid::nil()),
            Viewer::Nobody | Viewer::Visitor(_) => (false, Uuid::nil()),
        }
    }

    /// As the log of events names them.
    pub fn actor(&self) -> Actor {
        match self {
            Viewer::Agent(access) => Actor::agent(access.id.0),
            Viewer::Nobody | Viewer::Visitor(_) | Viewer::System { .. } => Actor::SYSTEM,
        }
    }
}

/// The condition under which a row with a scope is visible; `$1` and `$2` are [`Viewer::sight`]. Every role reads conversations,
/// so a grant that covers the scope is enough here; the permission itself was demanded by the route.
#[macro_export]
macro_rules! visible {
    ($row:literal) => {
        concat!(
            "($1 OR EXISTS (SELECT 1 FROM agent_grant g WHERE g.agent_id = $2",
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

    fn access(grant: Grant) -> AgentAccess {
        AgentAccess { id: AgentId::default(), name: "Sam".into(), through: Through::Token, grants: vec![grant], only: None }
    }

    #[test]
    fn a_right_over_a_team_does_not_reach_conversations_without_one() {
        let team = TeamId(Uuid::max());
        let sam = access(Grant { role: Role::Agent, brand_id: None, location_ids: None, team_id: Some(team), inbox_id: None });
        let mut scope = Scope { brand_id: BrandId::default(), location_id: None, team_id: None, inbox_id: InboxId::default() };

        assert!(!sam.can_in(Permission::ConversationsRead, &scope));
        scope.team_id = Some(team);
        assert!(sam.can_in(Permission::ConversationsRead, &scope));
        assert!(!sam.can_everywhere(Permission::ConversationsRead));
    }

    #[test]
    fn a_supervisor_cannot_make_an_administrator() {
        let ines = access(Grant { role: Role::Supervisor, brand_id: None, location_ids: None, team_id: None, inbox_id: None });

        assert!(ines.may_grant(Role::Agent));
        assert!(!ines.may_grant(Role::Administrator));
    }

    #[test]
    fn a_token_never_allows_more_than_its_scope() {
        let mut sam = access(Grant { role: Role::Administrator, brand_id: None, location_ids: None, team_id: None, inbox_id: None });
        sam.only = Some(vec![Permission::ContactsRead]);

        assert!(sam.can(Permission::ContactsRead));
        assert!(!sam.can(Permission::ConversationsRead));
    }
}
