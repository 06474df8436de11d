//! Requests about API tokens.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    http::own,
    model::{ApiToken, NewToken, TokenMade},
    tokens,
};
use crate::{Call, ids::ApiTokenId, viewer::Permission};

/// Lists one's tokens.
pub async fn own_tokens(call: Call, _: Input) -> Result<Found<Page<ApiToken>>, Problem> {
    let id = own(&call)?.id;
    Ok(Found(Page::whole(call.read(move |tx| tokens::list_own(tx, id)).await?)))
}

/// Makes a token. Not kept for repetition: the answer holds the secret.
pub async fn add_token(call: Call, input: Input<(), NoQuery, Body<NewToken>>) -> Result<Created<TokenMade>, Problem> {
    let (access, new) = (own(&call)?.clone(), input.body.0);
    let (token, secret) = call.write_secret(move |tx| tokens::make_own(tx, &access, &new)).await?;
    Ok(Created(TokenMade { token, secret }))
}

/// Ends one of one's tokens.
pub async fn revoke_own(call: Call, input: Input<ApiTokenId>) -> Result<Done, Problem> {
    let (actor, id) = (call.viewer.actor(), own(&call)?.id);
    call.write_into_reserve(move |tx| tokens::revoke(tx, actor, input.path, Some(id))).await?;
    call.desk.access.forget();
    Ok(Done)
}

/// Lists everybody's tokens.
pub async fn tokens(call: Call, _: Input) -> Result<Found<Page<ApiToken>>, Problem> {
    let access = own(&call)?;
    everywhere(&call)?;
    let sees_addresses = access.can_everywhere(Permission::AgentsManage);
    let mut tokens = call.read(tokens::list_tokens).await?;
    for token in tokens.iter_mut().filter(|_| !sees_addresses) {
        token.agent.clear();
    }
    Ok(Found(Page::whole(tokens)))
}

/// Ends a token of anybody.
pub async fn revoke_token(call: Call, input: Input<ApiTokenId>) -> Result<Done, Problem> {
    everywhere(&call)?;
    let actor = call.viewer.actor();
    call.write_into_reserve(move |tx| tokens::revoke(tx, actor, input.path, None)).await?;
    call.desk.access.forget();
    Ok(Done)
}

/// Tokens lie in no part of the company.
fn everywhere(call: &Call) -> Result<(), Problem> {
    if own(call)?.can_everywhere(Permission::TokensManage) {
        return Ok(());
    }
    Err(Problem::forbidden("Tokens of others are kept by those who have tokens.manage over the whole company."))
}
