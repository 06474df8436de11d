//! Reads everything back through the API: as an agent who sees all, and as each customer.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use rapport_bench::http::{Http, get};
use serde_json::Value;

use crate::checker::Found;

/// Every message of every conversation, as the team sees them.
pub async fn as_team(address: SocketAddr, token: &str) -> Result<Vec<Found>> {
    let mut http = Http::connect(address).await?;
    let mut found = Vec::new();
    for view in ["all", "snoozed", "resolved"] {
        for conversation in conversations(&mut http, token, view).await? {
            let mut after = 0;
            loop {
                let path = format!("/api/v1/conversations/{conversation}/messages?after_seq={after}&limit=100");
                let page = page(&mut http, token, &path).await?;
                // The next page begins behind the last number, so only an empty one is the end.
                if items(&page)?.is_empty() {
                    break;
                }
                for message in items(&page)? {
                    after = after.max(message["seq"].as_i64().unwrap_or(0));
                    found.push(read(message)?);
                }
            }
        }
    }
    Ok(found)
}

/// Every message a customer's session shows.
pub async fn as_customer(address: SocketAddr, token: &str) -> Result<Vec<Found>> {
    as_customer_after(address, token, &mut None).await
}

/// What came after a cursor, and moves it: how a chat catches up.
pub async fn as_customer_after(address: SocketAddr, token: &str, cursor: &mut Option<String>) -> Result<Vec<Found>> {
    let mut http = Http::connect(address).await?;
    let mut found = Vec::new();
    loop {
        let after = cursor.as_ref().map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        let page = page(&mut http, token, &format!("/api/v1/chat/messages?limit=100{after}")).await?;
        for message in items(&page)? {
            found.push(read(message)?);
        }
        if let Some(resume) = page["cursor"].as_str() {
            *cursor = Some(resume.to_owned());
        }
        if page["next"].is_null() {
            return Ok(found);
        }
    }
}

async fn conversations(http: &mut Http, token: &str, view: &str) -> Result<Vec<String>> {
    let first = format!("/api/v1/conversations?view={view}&limit=100");
    let mut path = first.clone();
    let mut ids = Vec::new();
    loop {
        let page = page(http, token, &path).await?;
        for conversation in items(&page)? {
            ids.push(conversation["id"].as_str().context("a conversation without id")?.to_owned());
        }
        let Some(next) = page["next"].as_str() else { return Ok(ids) };
        path = format!("{first}&cursor={next}");
    }
}

async fn page(http: &mut Http, token: &str, path: &str) -> Result<Value> {
    let answer = http.exchange(&get(path, Some(token))).await?;
    answer.expect(200).with_context(|| format!("GET {path}"))?.json()
}

/// The items of a page.
pub fn items(page: &Value) -> Result<&Vec<Value>> {
    page["items"].as_array().context("a list without items")
}

/// A message as it is listed.
pub fn read(message: &Value) -> Result<Found> {
    let text = |name: &str| message[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {message}"));
    Ok(Found {
        conversation_id: text("conversation_id")?,
        message_id: text("id")?,
        seq: message["seq"].as_i64().with_context(|| format!("no seq in {message}"))?,
        text: text("text")?,
    })
}
