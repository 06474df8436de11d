//! Inboxes and their signing keys.

use platform::{
    clock::Moment,
    crypto::Vault,
    events::{Actor, Event},
    ids::Chance,
    store::Tx,
    web::Problem,
    word_enum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{
    check,
    ids::{BrandId, InboxId, LocationId, SigningKeyId, TeamId},
    places,
    sealed::SIGNING_KEYS,
    viewer::Scope,
};

word_enum! {
    /// The kind of a channel.
    Channel {
        /// The chat on a page, and in native apps.
        Webchat = "webchat",
    }
}

/// A key a shop signs its customers' identities with; the secret is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SigningKey {
    /// Names it; the `kid` of identity tokens.
    pub id: SigningKeyId,
    /// When it was made.
    pub created_at: Moment,
    /// The last four characters of the secret.
    pub hint: String,
}

/// A new signing key with its secret.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NewSigningKey {
    /// Names it.
    pub id: SigningKeyId,
    /// The secret; it is never shown again.
    pub secret: String,
    /// When it was made.
    pub created_at: Moment,
}

/// A configured channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Inbox {
    /// Names it.
    pub id: InboxId,
    /// Its kind.
    pub channel: Channel,
    /// Its name, for the team.
    pub name: String,
    /// Its key, which pages and apps name it by; no secret.
    pub key: String,
    /// The brand it speaks for.
    pub brand_id: BrandId,
    /// The location it belongs to.
    pub location_id: Option<LocationId>,
    /// The team new conversations go to.
    pub team_id: Option<TeamId>,
    /// Pages that may show it, as origins; empty means any.
    pub allowed_origins: Vec<String>,
    /// The largest file a visitor may send, in bytes.
    pub max_attachment_bytes: i64,
    /// Whether visitors are asked for an address outside opening hours.
    pub ask_email_when_closed: bool,
    /// Since when it takes nothing.
    pub disabled_at: Option<Moment>,
    /// HTML to paste into a page.
    pub snippet: String,
    /// Keys with which the shop vouches for its customers.
    pub signing_keys: Vec<SigningKey>,
    /// Raised by one in each change.
    pub version: i64,
}

impl Inbox {
    /// What conversations that begin here are granted over.
    pub fn scope(&self) -> Scope {
        Scope { brand_id: self.brand_id, location_id: self.location_id, team_id: self.team_id, inbox_id: self.id }
    }

    fn with_snippet(mut self, public_url: &str) -> Inbox {
        self.snippet = format!("<script src=\"{public_url}/widget.js\" data-inbox=\"{}\" async></script>", self.key);
        self
    }
}

/// A new inbox.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInbox {
    /// Its name, for the team.
    pub name: String,
    /// Its kind.
    pub channel: Channel,
    /// The brand it speaks for.
    pub brand_id: BrandId,
    /// The location it belongs to.
    #[serde(default)]
    pub location_id: Option<LocationId>,
    /// The team new conversations go to.
    #[serde(default)]
    pub team_id: Option<TeamId>,
}

/// A change of an inbox; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InboxChange {
    /// New name.
    pub name: Option<String>,
    /// New location.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<LocationId>)]
    pub location_id: Option<Option<LocationId>>,
    /// New team.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
    /// New origins.
    pub allowed_origins: Option<Vec<String>>,
    /// New limit, in bytes.
    pub max_attachment_bytes: Option<i64>,
    /// Whether visitors are asked for an address outside opening hours.
    pub ask_email_when_closed: Option<bool>,
    /// Whether it takes nothing.
    pub disabled: Option<bool>,
}

/// An inbox was made or changed.
#[derive(Serialize)]
struct InboxChanged {
    inbox_id: InboxId,
    version: i64,
}
impl Event for InboxChanged {
    const KIND: &'static str = "channels.inbox_changed";
    fn stream(&self) -> Uuid {
        self.inbox_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// All inboxes.
pub fn list_inboxes(tx: &mut Tx<'_>, public_url: &str) -> Result<Vec<Inbox>, Problem> {
    Ok(store::inboxes(tx)?.into_iter().map(|inbox| inbox.with_snippet(public_url)).collect())
}

/// Adds an inbox.
pub fn add_inbox(tx: &mut Tx<'_>, actor: Actor, new: &NewInbox, public_url: &str) -> Result<Inbox, Problem> {
    places::brand(tx, new.brand_id).map_err(|_| no_such_brand())?;
    let inbox = Inbox {
        id: tx.id(),
        channel: new.channel,
        name: check::text("/name", &new.name, 80)?,
        key: tx.secret()[..22].to_owned(),
        brand_id: new.brand_id,
        location_id: new.location_id,
        team_id: new.team_id,
        allowed_origins: Vec::new(),
        max_attachment_bytes: 10 * 1024 * 1024,
        ask_email_when_closed: true,
        disabled_at: None,
        snippet: String::new(),
        signing_keys: Vec::new(),
        version: 1,
    };
    store::insert(tx, &inbox).map_err(refused)?;
    tx.announce(actor, &InboxChanged { inbox_id: inbox.id, version: 1 })?;
    Ok(inbox.with_snippet(public_url))
}

pub(super) fn no_such_place() -> Problem {
    Problem::invalid("", "The location or team does not exist.")
}

pub(super) fn no_such_brand() -> Problem {
    Problem::invalid("/brand_id", "There is no such brand.")
}

/// Changes an inbox.
pub(super) fn change_inbox(
    tx: &mut Tx<'_>,
    actor: Actor,
    id: InboxId,
    based_on: Option<i64>,
    change: &InboxChange,
    most_bytes: i64,
    public_url: &str,
) -> Result<Inbox, Problem> {
    let mut inbox = store::inbox(tx, id)?;
    if based_on.is_some_and(|version| version != inbox.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&inbox).unwrap_or_default()));
    }
    if let Some(name) = &change.name {
        inbox.name = check::text("/name", name, 80)?;
    }
    inbox.location_id = change.location_id.unwrap_or(inbox.location_id);
    inbox.team_id = change.team_id.unwrap_or(inbox.team_id);
    if let Some(origins) = &change.allowed_origins {
        inbox.allowed_origins = check_origins(origins)?;
    }
    if let Some(bytes) = change.max_attachment_bytes {
        if !(1024..=most_bytes).contains(&bytes) {
            return Err(Problem::invalid("/max_attachment_bytes", format!("From 1024 to {most_bytes}, which max_upload_bytes allows.")));
        }
        inbox.max_attachment_bytes = bytes;
    }
    inbox.ask_email_when_closed = change.ask_email_when_closed.unwrap_or(inbox.ask_email_when_closed);
    if let Some(disabled) = change.disabled {
        inbox.disabled_at = disabled.then(|| inbox.disabled_at.unwrap_or(tx.now()));
    }
    inbox.version += 1;
    store::update(tx, &inbox).map_err(refused)?;
    tx.announce(actor, &InboxChanged { inbox_id: id, version: inbox.version })?;
    Ok(inbox.with_snippet(public_url))
}

/// Makes a signing key. Old keys go on working until they are removed, so that a shop can change over in peace.
pub(super) fn add_signing_key(tx: &mut Tx<'_>, actor: Actor, vault: &Vault, chance: &Chance, id: InboxId) -> Result<NewSigningKey, Problem> {
    let inbox = store::inbox(tx, id)?;
    if inbox.signing_keys.len() >= 5 {
        return Err(Problem::conflict("in_use", "An inbox has at most five keys. Remove one first."));
    }
    let (key, secret, now) = (tx.id::<SigningKeyId>(), tx.secret(), tx.now());
    let sealed = SIGNING_KEYS.seal(tx, vault, key.0, secret.as_bytes(), chance)?;
    store::insert_signing_key(tx, id, key, &sealed, &secret[secret.len() - 4..])?;
    store::raise_version(tx, id)?;
    tx.announce(actor, &InboxChanged { inbox_id: id, version: inbox.version + 1 })?;
    Ok(NewSigningKey { id: key, secret, created_at: now })
}

/// Removes a signing key: what it signed is no longer believed.
pub(super) fn remove_signing_key(tx: &mut Tx<'_>, actor: Actor, id: InboxId, key: SigningKeyId) -> Result<(), Problem> {
    let inbox = store::inbox(tx, id)?;
    if store::delete_signing_key(tx, id, key)? == 0 {
        return Err(Problem::not_found());
    }
    store::raise_version(tx, id)?;
    tx.announce(actor, &InboxChanged { inbox_id: id, version: inbox.version + 1 })?;
    Ok(())
}

/// The keys of an inbox with their secrets, for checking a signature.
pub(super) fn open_signing_keys(tx: &mut Tx<'_>, vault: &Vault, id: InboxId) -> Result<Vec<wire::identity_token::Key>, Problem> {
    let sealed = store::sealed_signing_keys(tx, id)?;
    let opened = sealed.into_iter().filter_map(|(key, sealed)| {
        let secret = SIGNING_KEYS.unseal(vault, key.0, &sealed);
        if secret.is_none() {
            tracing::error!(target: "channels", %key, "a signing key cannot be opened with any master key that is held; identities it signed are refused. rapport doctor says more");
        }
        Some(wire::identity_token::Key { id: key.to_string(), secret: secret? })
    });
    Ok(opened.collect())
}

fn check_origins(origins: &[String]) -> Result<Vec<String>, Problem> {
    if origins.len() > 50 {
        return Err(Problem::invalid("/allowed_origins", "At most 50 origins."));
    }
    origins
        .iter()
        .map(|origin| {
            let origin = origin.trim().trim_end_matches('/').to_lowercase();
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            // What ends up in a Content-Security-Policy must not be able to say anything else there.
            let valid = rest.is_some_and(|host| {
                !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
            });
            if valid { Ok(origin) } else { Err(Problem::invalid("/allowed_origins", "Write origins, e.g. https://shop.example.com.")) }
        })
        .collect()
}

fn refused(error: platform::store::Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/name", "There is an inbox of that name already.")
    } else if error.is_reference() {
        no_such_place()
    } else {
        error.into()
    }
}
