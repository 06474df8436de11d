//! A visitor's session: opened without a trace, kept from the first thing that must last, raised by a signed identity, ended
//! by logging out.

use std::time::Duration;

use platform::{
    clock::Moment,
    crypto::Vault,
    events::{Actor, ActorKind, Event},
    store::Tx,
    web::Problem,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use wire::identity_token::{self, Claims};

use super::store;
use crate::{
    channels::{Inbox, inboxes, store as inbox_store},
    check,
    desk::Desk,
    ids::{ContactId, IdentityId, InboxId, VisitorId},
    people::contacts::{self, IdentityKind, Profile, Verification},
    viewer::{Scope, Visitor},
};

/// The version of the protocol.
pub const PROTOCOL: i64 = 1;
/// A token is good for this long; a chat that comes back later opens a new session.
const LASTS: Duration = Duration::from_secs(365 * 86_400);
const PURPOSE: &str = "webchat session";

/// A session as its holder sees it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SessionMade {
    /// To be sent as Bearer token.
    pub session_token: String,
    /// Names the session.
    pub visitor_id: VisitorId,
    /// None until the first message or a signed identity.
    pub contact_id: Option<ContactId>,
    /// How sure it is who this is.
    pub verification: Verification,
    /// The version of the protocol.
    pub protocol: i64,
}

/// What is known of a session now.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its contact, once there is one.
    pub contact_id: Option<ContactId>,
    /// The contact's name, if known.
    pub name: Option<String>,
    /// The identity it writes from.
    pub identity_id: Option<IdentityId>,
    /// How sure it is who this is.
    pub verification: Verification,
    /// What the visitor said of themselves before there was a contact.
    pub claimed: Profile,
    /// Whether the session has a row.
    pub durable: bool,
}

impl Known {
    fn nobody() -> Known {
        Known { contact_id: None, name: None, identity_id: None, verification: Verification::Unverified, claimed: Profile::default(), durable: false }
    }

    /// The contact whose other sessions this one may see: only when signed.
    pub fn signed(&self) -> Option<ContactId> {
        self.contact_id.filter(|_| self.verification >= Verification::Signed)
    }
}

/// A token that names visitor and inbox and cannot be made by anybody else.
/// The browser's language and time zone travel in it too, because there is no row for them until there is something to keep.
fn token(vault: &Vault, visitor: &Visitor, now: Moment, chance: &platform::ids::Chance) -> String {
    let mut nonce = [0; 16];
    chance.fill(&mut nonce);
    let told = format!("{} {}", visitor.language.as_deref().unwrap_or_default(), visitor.time_zone.as_deref().unwrap_or_default());
    vault.sign(PURPOSE, &[visitor.id.0.as_bytes(), visitor.inbox_id.0.as_bytes(), &now.0.to_le_bytes()[..], &nonce, told.as_bytes()].concat())
}

/// The visitor of a token, if it is genuine and not too old. Whether the session has ended only the database knows.
pub fn visitor_of_token(vault: &Vault, token: &str, now: Moment) -> Option<Visitor> {
    let content = vault.verify(PURPOSE, token)?;
    let told = std::str::from_utf8(content.get(56..)?).ok()?;
    let made = Moment(i64::from_le_bytes(content[32..40].try_into().ok()?));
    let mut told = told.splitn(2, ' ').map(|word| Some(word.to_owned()).filter(|word| !word.is_empty()));
    let visitor = Visitor {
        id: VisitorId(Uuid::from_slice(&content[..16]).ok()?),
        inbox_id: InboxId(Uuid::from_slice(&content[16..32]).ok()?),
        language: told.next().flatten(),
        time_zone: told.next().flatten(),
    };
    Some(visitor).filter(|_| now.apart(made) < LASTS)
}

/// What is known of a session; an ended one is nobody's.
pub fn known(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<Known, Problem> {
    let kept = store::session(tx, visitor)?;
    if kept.ended { Err(ended()) } else { Ok(kept.known.unwrap_or_else(Known::nobody)) }
}

/// As [`known`], and what its inbox belongs to; an inbox that takes no messages any more is not there.
pub(super) fn known_in(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<(Known, Scope), Problem> {
    let kept = store::session(tx, visitor)?;
    if kept.ended {
        return Err(ended());
    }
    Ok((kept.known.unwrap_or_else(Known::nobody), kept.scope.ok_or_else(Problem::not_found)?))
}

fn ended() -> Problem {
    Problem::unauthorized("This session has ended. Open a new one.")
}

/// What somebody who opens a session tells.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewSession {
    /// A JWT by which the shop vouches for its customer.
    pub identity: Option<String>,
    /// The visitor's language.
    pub language: Option<String>,
    /// The visitor's time zone.
    pub time_zone: Option<String>,
}

impl NewSession {
    fn profile(&self) -> Profile {
        // What a browser says of itself is taken when it is understood and forgotten when it is not.
        Profile {
            language: self.language.as_deref().and_then(|language| check::language("", language).ok()),
            time_zone: self.time_zone.as_deref().and_then(|zone| check::time_zone("", zone).ok()),
            ..Profile::default()
        }
    }
}

/// Opens a session. Without an identity nothing is written.
pub(super) async fn open(desk: &Desk, key: &str, new: NewSession) -> Result<SessionMade, Problem> {
    let key = key.to_owned();
    let inbox = desk.store.read(move |tx| Ok::<_, Problem>(inbox_store::open_inbox(tx, &key)?)).await?;
    let now = desk.store.clock().now();
    let profile = new.profile();
    let visitor =
        Visitor { id: VisitorId(desk.store.chance().id(now)), inbox_id: inbox.id, language: profile.language.clone(), time_zone: profile.time_zone.clone() };
    match &new.identity {
        None => Ok(made(desk, &visitor, None, Verification::Unverified)),
        Some(identity) => raise(desk, visitor, inbox, identity.clone(), profile).await,
    }
}

/// Raises a session by a signed identity. A session already signed for somebody else stays theirs; a new one is opened.
pub(super) async fn identify(desk: &Desk, visitor: Visitor, identity: String) -> Result<SessionMade, Problem> {
    let inbox_id = visitor.inbox_id;
    let inbox = desk.store.read(move |tx| Ok::<_, Problem>(inbox_store::inbox(tx, inbox_id)?)).await?;
    let profile = Profile { language: visitor.language.clone(), time_zone: visitor.time_zone.clone(), ..Profile::default() };
    raise(desk, visitor, inbox, identity, profile).await
}

async fn raise(desk: &Desk, visitor: Visitor, inbox: Inbox, identity: String, profile: Profile) -> Result<SessionMade, Problem> {
    let inner = desk.clone();
    let (visitor, contact) = desk
        .store
        .write(move |tx| {
            let keys = inboxes::open_signing_keys(tx, &inner.vault, inbox.id)?;
            let now = tx.now();
            let claims = identity_token::verify(&identity, &inbox.key, &keys, now.0 / 1_000_000)
                .map_err(|refusal| Problem::refused("identity_refused", &format!("The identity is refused: {refusal}.")))?;
            let hash = platform::crypto::token_hash(&identity);
            if store::is_revoked(tx, &hash)? {
                return Err(Problem::refused("identity_refused", "This identity was logged out. Have the shop make a new one."));
            }
            let mut visitor = visitor.clone();
            let mut session = known(tx, &visitor)?;
            if session.verification >= Verification::Signed && !store::is_external(tx, &session, &claims.sub)? {
                visitor.id = tx.id();
                session = Known::nobody();
            }
            let anonymous = session.contact_id.filter(|_| session.verification < Verification::Signed);
            let (contact, identity_id) = contacts::identify(tx, &claims.sub, &merged(&claims, &session.claimed, &profile), anonymous)?;
            let known = Known {
                contact_id: Some(contact),
                name: None,
                identity_id: Some(identity_id),
                verification: Verification::Signed,
                claimed: Profile::default(),
                durable: true,
            };
            store::put(tx, &visitor, &known, Some(&hash))?;
            Ok((visitor, contact))
        })
        .await?;
    desk.presence.met(visitor.id, contact);
    Ok(made(desk, &visitor, Some(contact), Verification::Signed))
}

fn merged(claims: &Claims, claimed: &Profile, browser: &Profile) -> Profile {
    let text = |value: &Option<String>, limit| value.as_deref().and_then(|value| check::text("", value, limit).ok());
    Profile {
        name: text(&claims.name, 120).or_else(|| claimed.name.clone()),
        email: claims.email.as_deref().and_then(|email| check::email("", email).ok()),
        phone: claims.phone.as_deref().and_then(wire::phone::e164),
        language: claims.language.as_deref().and_then(|language| check::language("", language).ok()).or_else(|| browser.language.clone()),
        time_zone: browser.time_zone.clone(),
    }
}

fn made(desk: &Desk, visitor: &Visitor, contact_id: Option<ContactId>, verification: Verification) -> SessionMade {
    let session_token = token(&desk.vault, visitor, desk.store.clock().now(), desk.store.chance());
    SessionMade { session_token, visitor_id: visitor.id, contact_id, verification, protocol: PROTOCOL }
}

/// Gives a session a contact and a row, if it has none: something is said or told that must last.
pub(super) fn make_durable(tx: &mut Tx<'_>, visitor: &Visitor, known: Known) -> Result<Known, Problem> {
    if known.contact_id.is_some() {
        return Ok(known);
    }
    let now = tx.now();
    let anonymous = Profile {
        email: None,
        phone: None,
        name: known.claimed.name.clone(),
        language: known.claimed.language.clone().or_else(|| visitor.language.clone()),
        time_zone: known.claimed.time_zone.clone().or_else(|| visitor.time_zone.clone()),
    };
    let contact = contacts::meet(tx, &anonymous, now, Verification::Unverified)?;
    let identity = contacts::add_identity(tx, contact, IdentityKind::Visitor, &visitor.id.to_string(), Verification::Unverified, None)?;
    let verification = if known.claimed.email.is_some() || known.claimed.phone.is_some() { Verification::Claimed } else { Verification::Unverified };
    if verification == Verification::Claimed {
        contacts::claim(tx, contact, &known.claimed)?;
    }
    let known = Known {
        contact_id: Some(contact),
        name: known.claimed.name.clone(),
        identity_id: Some(identity),
        verification,
        claimed: Profile::default(),
        durable: true,
    };
    store::put(tx, visitor, &known, None)?;
    Ok(known)
}

/// Opens a durable session for somebody a program knows: the company's own systems vouch for `external_id`, or the visitor
/// says who they are.
pub fn introduce(tx: &mut Tx<'_>, visitor: &Visitor, profile: &Profile, external_id: Option<&str>) -> Result<Known, Problem> {
    let Some(external_id) = external_id else {
        return make_durable(tx, visitor, Known { claimed: profile.clone(), ..Known::nobody() });
    };
    let (contact, identity) = contacts::identify(tx, external_id, profile, None)?;
    let known = Known {
        contact_id: Some(contact),
        name: None,
        identity_id: Some(identity),
        verification: Verification::Signed,
        claimed: Profile::default(),
        durable: true,
    };
    store::put(tx, visitor, &known, None)?;
    Ok(known)
}

/// What a visitor tells of themselves. It is kept as claimed and proves nothing.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimedProfile {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their phone number with its country.
    pub phone: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
}

/// Takes what a visitor tells of themselves. A signed customer's name is the shop's to tell, so it is not overwritten.
pub(super) fn claim(tx: &mut Tx<'_>, visitor: &Visitor, told: &ClaimedProfile) -> Result<(), Problem> {
    let known = known(tx, visitor)?;
    let is_signed = known.verification >= Verification::Signed;
    let profile = Profile {
        name: told.name.as_deref().map(|name| check::text("/name", name, 120)).transpose()?.filter(|_| !is_signed),
        email: told.email.as_deref().map(|email| check::email("/email", email)).transpose()?,
        phone: told
            .phone
            .as_deref()
            .map(|phone| wire::phone::e164(phone).ok_or_else(|| Problem::invalid("/phone", "Write the number with its country, e.g. +351 910 000 112.")))
            .transpose()?,
        language: told.language.as_deref().map(|language| check::language("/language", language)).transpose()?,
        time_zone: told.time_zone.as_deref().map(|zone| check::time_zone("/time_zone", zone)).transpose()?,
    };
    match known.contact_id {
        Some(contact) => {
            contacts::claim(tx, contact, &profile)?;
            if known.verification == Verification::Unverified && (profile.email.is_some() || profile.phone.is_some()) {
                store::put(tx, visitor, &Known { verification: Verification::Claimed, ..known }, None)?;
            }
            Ok(())
        }
        None => {
            let claimed = Profile {
                name: profile.name.or(known.claimed.name.clone()),
                email: profile.email.or(known.claimed.email.clone()),
                phone: profile.phone.or(known.claimed.phone.clone()),
                language: profile.language.or(known.claimed.language.clone()),
                time_zone: profile.time_zone.or(known.claimed.time_zone.clone()),
            };
            Ok(store::put(tx, visitor, &Known { claimed, ..known }, None)?)
        }
    }
}

/// The kind of [`SessionEnded`].
pub const SESSION_ENDED: &str = "channels.session_ended";

/// A chat session ended: whatever is still connected with it is cut, on every node.
#[derive(Serialize)]
struct SessionEnded {
    visitor_id: VisitorId,
}
impl Event for SessionEnded {
    const KIND: &'static str = SESSION_ENDED;
    fn stream(&self) -> Uuid {
        self.visitor_id.0
    }
    fn version(&self) -> i64 {
        1
    }
}

/// Ends a session: its token and the identity it was raised by are dead.
pub(super) fn log_out(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<(), Problem> {
    let session = known(tx, visitor)?;
    if !session.durable {
        store::put(tx, visitor, &session, None)?;
    }
    let keep_until = tx.now().plus(Duration::from_secs(2 * 86_400));
    store::end(tx, visitor.id, keep_until)?;
    tx.announce(Actor { kind: ActorKind::Contact, id: session.contact_id.map(|contact| contact.0) }, &SessionEnded { visitor_id: visitor.id })?;
    Ok(())
}

/// Forgets logged-out identities that have expired by themselves, and sessions nobody could still use.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<(), platform::store::Error> {
    store::forget_revoked(tx)
}
