//! What somebody may do: permissions, the roles that come with Rapport, and the part of the company a right reaches.

use platform::{
    store::{Column, ColumnRef, Param, ValueRef},
    word_enum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ids::{BrandId, InboxId, LocationId, TeamId};

word_enum! {
    /// What somebody may do. Named by the part it belongs to.
    Permission {
        /// See conversations and their messages.
        ConversationsRead = "conversations.read",
        /// Write notes, which only the team sees.
        ConversationsNote = "conversations.note",
        /// Answer customers; change status, priority, tags and subject.
        ConversationsWrite = "conversations.write",
        /// Give conversations to agents, teams and locations.
        ConversationsAssign = "conversations.assign",
        /// See contacts and their timeline.
        ContactsRead = "contacts.read",
        /// Change contacts.
        ContactsWrite = "contacts.write",
        /// Bring contacts in from a file, and take that back.
        ContactsImport = "contacts.import",
        /// See colleagues, teams, brands, locations and inboxes.
        PeopleRead = "people.read",
        /// Invite, change and disable agents.
        AgentsManage = "agents.manage",
        /// Keep teams.
        TeamsManage = "teams.manage",
        /// Make and change roles.
        RolesManage = "roles.manage",
        /// See and revoke the API tokens of everybody.
        TokensManage = "tokens.manage",
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
        /// See every administrative act.
        AuditRead = "audit.read",
        /// Keep the saved views that others use as well.
        SavedViewsManage = "saved_views.manage",
        /// Keep the SLA policies.
        SlaPoliciesManage = "sla_policies.manage",
        /// Define the attributes of contacts and conversations.
        AttributesManage = "attributes.manage",
        /// Remove what was said for good.
        ConversationsRedact = "conversations.redact",
        /// Keep the rules that do something by themselves.
        AutomationManage = "automation.manage",
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Permissions(u64);

impl Permissions {
    /// Those of a list.
    pub const fn of(list: &[Permission]) -> Permissions {
        let (mut bits, mut at) = (0, 0);
        while at < list.len() {
            bits |= 1 << list[at] as u64;
            at += 1;
        }
        Permissions(bits)
    }

    /// Whether `permission` is among them.
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// Each, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(list: I) -> Permissions {
        list.into_iter().fold(Permissions::default(), |set, permission| Permissions(set.0 | Permissions::of(&[permission]).0))
    }
}

word_enum! {
    /// A role that comes with Rapport.
    Role {
        /// Everything; it cannot be changed.
        Administrator = "administrator",
        /// Everything in conversations and contacts, agents and teams.
        Supervisor = "supervisor",
        /// Conversations and contacts.
        Agent = "agent",
        /// Reads, and writes notes for the team.
        LightAgent = "light_agent",
        /// Reads.
        ReadOnly = "read_only",
    }
}

impl Role {
    /// What the role may do unless the company has changed it.
    pub const fn permissions(self) -> Permissions {
        use Permission::{
            AgentsManage, AutomationManage, CannedResponsesManage, ContactReasonsManage, ContactsImport, ContactsRead, ContactsWrite, ConversationsAssign,
            ConversationsNote, ConversationsRead, ConversationsRedact, ConversationsWrite, MacrosManage, PeopleRead, SavedViewsManage, SlaPoliciesManage,
            TeamsManage,
        };
        Permissions::of(match self {
            Role::Administrator => Permission::ALL,
            Role::Supervisor => &[
                ConversationsRead,
                ConversationsNote,
                ConversationsWrite,
                ConversationsAssign,
                ContactsRead,
                ContactsWrite,
                ContactsImport,
                PeopleRead,
                AgentsManage,
                TeamsManage,
                CannedResponsesManage,
                MacrosManage,
                ContactReasonsManage,
                ConversationsRedact,
                SavedViewsManage,
                SlaPoliciesManage,
                AutomationManage,
            ],
            Role::Agent => &[ConversationsRead, ConversationsNote, ConversationsWrite, ConversationsAssign, ContactsRead, ContactsWrite, PeopleRead],
            Role::LightAgent => &[ConversationsRead, ConversationsNote, ContactsRead, PeopleRead],
            Role::ReadOnly => &[ConversationsRead, ContactsRead, PeopleRead],
        })
    }
}

/// Names a role: a word for those that come with Rapport, an id for the company's own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct RoleKey(pub String);

impl RoleKey {
    /// The role that comes with Rapport, when it is one.
    pub fn built_in(&self) -> Option<Role> {
        Role::from_word(&self.0)
    }

    /// Whether it is the one that may do everything.
    pub fn is_administrator(&self) -> bool {
        self.built_in() == Some(Role::Administrator)
    }

    /// The stream of its events.
    pub fn stream(&self) -> Uuid {
        let known = self.built_in().map(|role| Uuid::from_u128(0x0190_0000_0000_7000_8000_726f_6c65_0000 + role as u128));
        known.or_else(|| self.0.parse().ok()).unwrap_or_default()
    }
}

impl Param for RoleKey {
    fn value(&self) -> ValueRef<'_> {
        ValueRef::Text(&self.0)
    }
}

impl Column for RoleKey {
    fn from_column(column: ColumnRef<'_>) -> Option<RoleKey> {
        String::from_column(column).map(RoleKey)
    }
}

impl From<Role> for RoleKey {
    fn from(role: Role) -> RoleKey {
        RoleKey(role.word().into())
    }
}

/// The access scope of a conversation: what rights are granted over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
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

/// A part of the company; `None` is everywhere.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Part {
    /// Only in this brand.
    pub brand_id: Option<BrandId>,
    /// Only at these: the granted location and all below it.
    pub location_ids: Option<Vec<LocationId>>,
    /// Only in this team.
    pub team_id: Option<TeamId>,
    /// Only in this inbox.
    pub inbox_id: Option<InboxId>,
}

impl Part {
    /// The whole company.
    pub const EVERYWHERE: Part = Part { brand_id: None, location_ids: None, team_id: None, inbox_id: None };

    /// All of a brand.
    pub fn brand(id: BrandId) -> Part {
        Part { brand_id: Some(id), ..Part::EVERYWHERE }
    }

    /// Whether a conversation of this scope lies in it.
    pub fn covers(&self, scope: &Scope) -> bool {
        self.brand_id.is_none_or(|brand| brand == scope.brand_id)
            && self.location_ids.as_ref().is_none_or(|locations| scope.location_id.is_some_and(|location| locations.contains(&location)))
            && self.team_id.is_none_or(|team| scope.team_id == Some(team))
            && self.inbox_id.is_none_or(|inbox| inbox == scope.inbox_id)
    }

    /// Whether all of another part lies in it.
    pub fn contains(&self, other: &Part) -> bool {
        self.brand_id.is_none_or(|brand| other.brand_id == Some(brand))
            && self
                .location_ids
                .as_ref()
                .is_none_or(|own| other.location_ids.as_ref().is_some_and(|locations| locations.iter().all(|location| own.contains(location))))
            && self.team_id.is_none_or(|team| other.team_id == Some(team))
            && self.inbox_id.is_none_or(|inbox| other.inbox_id == Some(inbox))
    }
}
