//! The audit log: every administrative act, by whom, from where, and what was asked.
//!
//! Words: *act* (a method and a route, or a command on the server), *entry*, *subject* (what the object was called), *asked* (the body of the
//! request, without secrets). What counts as an act is said by the routes: those whose permission ends in `.manage`, and what agents do
//! to their own sign-in ([`is_act`]). An entry is written in the transaction of its act: neither is there without the other.
//! Offers: [`record`], [`record_command`].

mod asked;
pub mod http;
mod store;

use ::http::Method;
use platform::{
    store::{Error, Tx},
    web::Act,
};
use serde_json::Value;

use crate::{
    gate::Need,
    viewer::{Permission, Through, Viewer},
};

/// Parts of one's own account whose changes are acts as well.
const OWN: &[&str] = &["/api/v1/me/tokens", "/api/v1/me/second-factor", "/api/v1/me/password", "/api/v1/me/sessions", "/api/v1/sign-out-everywhere"];

/// Whether what a route does is recorded.
pub fn is_act(need: Need, method: &Method, path: &str) -> bool {
    let manages = |permission: &Permission| permission.word().ends_with(".manage") || *permission == Permission::ContactsImport;
    let is_administrative = match need {
        Need::Can(permission) => manages(&permission),
        Need::CanSome(permissions) => permissions.iter().all(manages),
        Need::Agent => OWN.iter().any(|own| path.starts_with(own)),
        Need::Public | Need::Visitor | Need::Listener => false,
    };
    *method != Method::GET && is_administrative
}

/// Writes an entry for what an agent does. `answer` tells what the object is called.
pub fn record(tx: &mut Tx<'_>, viewer: &Viewer, act: &Act, answer: Option<&Value>) -> Result<(), Error> {
    let Some(agent) = viewer.agent() else { return Ok(()) };
    let through = match agent.through {
        Through::Session(_) => "session",
        Through::Token(_) => "token",
    };
    store::insert(
        tx,
        &store::NewEntry {
            agent_id: Some(agent.id),
            agent_name: &agent.name,
            through,
            address: act.address.as_deref(),
            act: &act.route,
            about: about(&act.route),
            path: &act.path,
            subject: answer.and_then(asked::name_of).or_else(|| act.body.as_ref().and_then(asked::name_of)),
            asked: &asked::without_secrets(act.body.as_ref()),
        },
    )
}

/// Writes an entry for a command on the server; whoever may run it is known to the system, not to us.
pub fn record_command(tx: &mut Tx<'_>, command: &str, subject: &str) -> Result<(), Error> {
    store::insert(
        tx,
        &store::NewEntry {
            agent_id: None,
            agent_name: "",
            through: "command",
            address: None,
            act: command,
            about: command.split_whitespace().nth(1).unwrap_or_default(),
            path: command,
            subject: Some(subject.to_owned()),
            asked: &Value::Null,
        },
    )
}

/// The first word of a route below the version.
fn about(route: &str) -> &str {
    let path = route.split_once(' ').map_or(route, |(_, path)| path);
    let below = path.strip_prefix("/api/v1/").unwrap_or(path);
    let below = below.strip_prefix("me/").unwrap_or(below);
    below.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_named_by_what_they_are_about() {
        assert_eq!(about("PATCH /api/v1/agents/{id}"), "agents");
        assert_eq!(about("POST /api/v1/me/tokens"), "tokens");
    }

    #[test]
    fn what_administers_is_an_act_and_what_serves_customers_is_not() {
        assert!(is_act(Need::Can(Permission::RolesManage), &Method::POST, "/api/v1/roles"));
        assert!(is_act(Need::Can(Permission::ContactsImport), &Method::POST, "/api/v1/contact-imports"));
        assert!(is_act(Need::Agent, &Method::POST, "/api/v1/me/tokens"));
        assert!(!is_act(Need::Can(Permission::TokensManage), &Method::GET, "/api/v1/tokens"));
        assert!(!is_act(Need::Can(Permission::ConversationsWrite), &Method::POST, "/api/v1/conversations/{id}/replies"));
        assert!(!is_act(Need::Agent, &Method::PATCH, "/api/v1/me"));
    }
}
