//! People: those who work here and those who are served.
//!
//! Words: *agent* (a member of staff), *role* (a set of permissions), *grant* (a role over brand, location, team, inbox),
//! *team*, *availability*, *link* (invitation, reset, sign-in, set-up: works once), *session* (a signed-in browser), *token*
//! (for programs), *second factor* (an authenticator app, besides the password); *contact* (a customer), *identity* (a way a contact is known by), *verification* (how sure that is), *note*, *fact* (what they need, want or prefer, with its source), *merge* (two who are one), *company* (where a contact works), *import* (contacts from a file).
//!
//! Offers: sign-in and access for the gate, views of agents, teams and contacts, [`contacts`] for channels that meet somebody.
//! Announces: `people.agent_changed`, `people.role_changed`, `people.sessions_ended`, `people.team_changed`, `people.contact_changed`, `people.contact_removed`, `people.company_changed`, `people.import_changed`.
//! Not here: conversations, how a visitor proves who they are (channels), presence on the live connection.

mod access;
mod agents;
pub mod companies;
pub mod contacts;
pub mod export;
mod facts;
mod hours;
pub mod http;
pub mod http_contacts;
pub mod http_facts;
pub mod http_roles;
pub mod http_second_factor;
pub mod http_tokens;
pub mod imports;
mod links;
pub mod merging;
mod model;
mod roles;
mod second_factor;
mod sign_in;
mod store;
mod store_contacts;
mod store_facts;
mod store_roles;
mod store_second_factor;
mod store_tokens;
mod teams;
mod tokens;

pub use access::{access_again, access_of, access_of_session, access_of_token, may_answer, may_read};
pub use agents::{add_agent, find_by_email, list_agents, may_decide_over, set_disabled, settle_in};
pub use hours::business_time;
pub use links::{Link, LinkKind, SignedIn, make_link, make_setup_link};
pub use model::{Agent, ApiToken, Availability, GrantSpec, Me, NewAgent, NewRole, NewTeam, RoleView, Team};
pub use roles::add_role;
pub use second_factor::reset_second_factor;
pub use sign_in::forget_old_sessions;
pub use store::{is_session_open, names_of, touch_session};
pub use store_contacts::{Verified, contact_row};
pub use store_tokens::touch_token;
pub use teams::{add_team, members_of, team_named, team_names};
pub use tokens::{MOST_PER_MINUTE, list_tokens, make_token, revoke_token};
