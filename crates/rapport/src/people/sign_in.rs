//! Signing in and out, passwords, sessions.

use platform::{crypto, store::Tx, web::Problem};

use super::{
    links::{self, LinkUse, SignedIn},
    second_factor, store,
};
use crate::{
    Call,
    ids::{AgentId, SessionId},
    viewer::Through,
};

/// What is said for a wrong password, an unknown address and a disabled agent alike.
fn failed() -> Problem {
    Problem::refused("sign_in_failed", "Address and password do not fit. After several tries, wait ten minutes or ask an administrator for a reset link.")
}

/// Passwords are hashed and compared on threads that may take their time.
async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::fault)
}

pub(super) async fn with_password(call: &Call, email: String, password: String, code: Option<String>) -> Result<SignedIn, Problem> {
    let address = call.client.address.map(|address| address.to_string()).unwrap_or_default();
    let email = email.trim().to_lowercase();
    call.desk.limits.sign_in.take(&address)?;
    call.desk.limits.account.take(&format!("{email} {address}"))?;
    let wanted = email.clone();
    let known = call.desk.store.read(move |tx| store::credentials(tx, &wanted)).await.map_err(Problem::from)?;
    let (agent, hash) = known.map_or((None, None), |(agent, hash)| (Some(agent), hash));
    let fits = slowly(move || crypto::verify_password(&password, hash.as_deref())).await?;
    let agent = agent.filter(|_| fits).ok_or_else(failed)?;
    if code.is_some() {
        try_code(call, agent)?;
    }
    let (user_agent, vault) = (call.client.user_agent.clone(), call.desk.vault.clone());
    call.desk
        .store
        .write_into_reserve(move |tx| {
            second_factor::prove(tx, &vault, agent, code.as_deref())?;
            links::sign_in(tx, agent, &user_agent)
        })
        .await
}

/// A code is about to be tried.
pub(super) fn try_code(call: &Call, agent: AgentId) -> Result<(), Problem> {
    call.desk.limits.codes.take(&agent.to_string())
}

/// Before something is done that a browser left open should not be able to do.
pub(super) async fn check_password(call: &Call, agent: AgentId, password: String, pointer: &'static str) -> Result<(), Problem> {
    call.desk.limits.account.take(&agent.to_string())?;
    let known = call.desk.store.read(move |tx| store::password_hash(tx, agent)).await.map_err(Problem::from)?;
    let fits = slowly(move || crypto::verify_password(&password, known.as_deref())).await?;
    if fits { Ok(()) } else { Err(Problem::invalid(pointer, "This is not your current password.")) }
}

pub(super) async fn with_link(call: &Call, given: LinkUse) -> Result<SignedIn, Problem> {
    let address = call.client.address.map(|address| address.to_string()).unwrap_or_default();
    call.desk.limits.links.take(&address)?;
    let hash = match &given.password {
        Some(password) => Some(hash(call, password.clone()).await?),
        None => None,
    };
    if given.code.is_some() {
        let token = crypto::token_hash(&given.token);
        if let Some((_, Some(agent))) = call.desk.store.read(move |tx| store::live_link(tx, &token)).await.map_err(Problem::from)? {
            try_code(call, agent)?;
        }
    }
    let (user_agent, vault) = (call.client.user_agent.clone(), call.desk.vault.clone());
    let signed_in = call.desk.store.write_into_reserve(move |tx| links::use_link(tx, &vault, &given, hash.as_deref(), &user_agent)).await?;
    call.desk.access.forget();
    Ok(signed_in)
}

pub(super) async fn change_password(call: &Call, agent: AgentId, current: String, new: String) -> Result<(), Problem> {
    check_password(call, agent, current, "/current").await?;
    let hash = hash(call, new).await?;
    let keep = call.viewer.agent().and_then(|access| match access.through {
        Through::Session(session) => Some(session),
        Through::Token(_) => None,
    });
    let actor = call.viewer.actor();
    call.write(move |tx| {
        store::set_password(tx, agent, &hash)?;
        links::end_sessions(tx, actor, agent, keep)
    })
    .await?;
    call.desk.access.forget();
    Ok(())
}

async fn hash(call: &Call, password: String) -> Result<String, Problem> {
    if password.chars().count() < 10 {
        return Err(Problem::invalid("/password", "Choose a password of at least 10 characters."));
    }
    if password.len() > 1000 {
        return Err(Problem::invalid("/password", "At most 1000 characters."));
    }
    let chance = call.desk.store.chance().clone();
    slowly(move || crypto::hash_password(&password, &chance)).await?.map_err(Problem::fault)
}

pub(super) async fn end_one(call: &Call, agent: AgentId, session: SessionId) -> Result<(), Problem> {
    let actor = call.viewer.actor();
    call.write_into_reserve(move |tx| {
        if store::end_session(tx, agent, session)? == 0 {
            return Err(Problem::not_found());
        }
        links::tell_sessions_ended(tx, actor, agent)
    })
    .await?;
    call.desk.access.forget();
    Ok(())
}

/// Forgets sessions nobody used for long, links long gone, and tokens revoked long ago.
pub fn forget_old_sessions(tx: &mut Tx<'_>, unused_days: i64) -> Result<(), platform::store::Error> {
    let before = tx.now().minus(std::time::Duration::from_secs(86_400 * unused_days.unsigned_abs()));
    store::forget_sessions_before(tx, before).map(drop)
}
