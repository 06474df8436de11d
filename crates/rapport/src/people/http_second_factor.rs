//! Requests about the second factor. No answer that holds a secret is kept for repetition.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    second_factor::{self, Enrolment, RecoveryCodes, SecondFactor, SignInPolicy},
    sign_in,
};
use crate::{
    Call,
    ids::AgentId,
    viewer::{AgentAccess, Through},
};

/// One's password, once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Password {
    password: String,
}

/// What the app shows; where a recovery code will do as well, either.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    code: String,
}

/// Only a person in a browser has a second factor.
fn person(call: &Call) -> Result<&AgentAccess, Problem> {
    call.viewer
        .agent()
        .filter(|access| matches!(access.through, Through::Session(_)))
        .ok_or_else(|| Problem::forbidden("A token has no second factor. Sign in to the console."))
}

/// Shows whether one has a second factor.
pub async fn look(call: Call, _: Input) -> Result<Found<SecondFactor>, Problem> {
    let agent = call.viewer.agent().ok_or_else(Problem::not_found)?.id;
    Ok(Found(call.read(move |tx| second_factor::look(tx, agent)).await?))
}

/// Begins to set one up.
pub async fn begin(call: Call, input: Input<(), NoQuery, Body<Password>>) -> Result<Created<Enrolment>, Problem> {
    let agent = person(&call)?.id;
    sign_in::check_password(&call, agent, input.body.0.password, "/password").await?;
    let (vault, chance) = (call.desk.vault.clone(), call.desk.store.chance().clone());
    Ok(Created(call.write_secret(move |tx| second_factor::begin(tx, &vault, &chance, agent)).await?))
}

/// Confirms it by a code, which switches it on.
pub async fn confirm(call: Call, input: Input<(), NoQuery, Body<Code>>) -> Result<Found<RecoveryCodes>, Problem> {
    let Through::Session(session) = person(&call)?.through else { return Err(Problem::not_found()) };
    let (agent, code, vault) = (person(&call)?.id, input.body.0.code, call.desk.vault.clone());
    sign_in::try_code(&call, agent)?;
    let codes = call.write_secret(move |tx| second_factor::confirm(tx, &vault, agent, &code, Some(session))).await?;
    call.desk.access.forget();
    Ok(Found(codes))
}

/// Makes new recovery codes.
pub async fn renew(call: Call, input: Input<(), NoQuery, Body<Code>>) -> Result<Created<RecoveryCodes>, Problem> {
    let (agent, code, vault) = (person(&call)?.id, input.body.0.code, call.desk.vault.clone());
    sign_in::try_code(&call, agent)?;
    Ok(Created(call.write_secret(move |tx| second_factor::renew(tx, &vault, agent, &code)).await?))
}

/// Switches it off.
pub async fn remove(call: Call, input: Input<(), NoQuery, Body<Code>>) -> Result<Done, Problem> {
    let (agent, code, vault) = (person(&call)?.id, input.body.0.code, call.desk.vault.clone());
    sign_in::try_code(&call, agent)?;
    call.write_secret(move |tx| second_factor::remove(tx, &vault, agent, &code)).await?;
    Ok(Done)
}

/// Removes that of an agent who has lost theirs.
pub async fn remove_of(call: Call, input: Input<AgentId>) -> Result<Done, Problem> {
    let (viewer, agent) = (call.viewer.clone(), input.path);
    call.write(move |tx| second_factor::remove_of(tx, &viewer, agent)).await?;
    call.desk.access.forget();
    Ok(Done)
}

/// Shows what is demanded of whoever signs in.
pub async fn policy(call: Call, _: Input) -> Result<Found<SignInPolicy>, Problem> {
    Ok(Found(call.read(second_factor::policy).await?))
}

/// Changes it.
pub async fn set_policy(call: Call, input: Input<(), NoQuery, Body<SignInPolicy>>) -> Result<Found<SignInPolicy>, Problem> {
    let (viewer, policy) = (call.viewer.clone(), input.body.0);
    let policy = call.write(move |tx| second_factor::set_policy(tx, &viewer, &policy)).await?;
    call.desk.access.forget();
    Ok(Found(policy))
}
