//! Requests of chats.

use axum::{
    extract::{FromRequestParts, Path, Request},
    response::Response,
};
use platform::clock::Moment;
use platform::store::Tx;
use platform::web::{Answer, Body, Created, Done, Found, Input, NoQuery, Noted, Page, Problem, Shared};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    config::{self, ChatConfig},
    messages::{self, Accepted, ChatFile, ChatPageOfMessages, Said, Wanted},
    recent::{self, ChatConversation},
    session::{self, ClaimedProfile, NewSession, SessionMade},
    store,
};
use crate::{
    Call, check,
    conversations::{self, Heard, assignment::QueuePlace, http_files},
    cursor,
    ids::{ConversationId, FileId},
    people::contacts::Verification,
    timeline,
    viewer::{Viewer, Visitor},
};

/// In which language texts are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LanguageQuery {
    /// A language tag; that of the browser unless told.
    language: Option<String>,
}

/// Which stretch of the chat is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct StretchQuery {
    /// Messages after this cursor, oldest first; from the beginning without it.
    after: Option<String>,
    /// Instead: the newest so many.
    latest: Option<i64>,
    /// With `latest`: those before this cursor.
    before: Option<String>,
    /// 1 to 200, 50 unless told.
    limit: Option<i64>,
    /// Only those of one conversation.
    conversation_id: Option<ConversationId>,
}

/// Which of the customer's conversations are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ChatConversationsQuery {
    /// 1 to 50, 20 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// A JWT by which the shop vouches for its customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityToken {
    identity: String,
}

/// What is known of the one who asks.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct ChatContact {
    name: Option<String>,
    email: Option<String>,
}

/// A session, as its holder may know it.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct SessionView {
    visitor_id: crate::ids::VisitorId,
    contact_id: Option<crate::ids::ContactId>,
    verification: Verification,
    contact: Option<ChatContact>,
}

/// Up to where messages were shown or read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    conversation_id: ConversationId,
    seq: i64,
    state: Heard,
}

/// Something a customer did in the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatEvent {
    name: String,
    #[serde(default)]
    #[schema(value_type = Object)]
    properties: serde_json::Map<String, serde_json::Value>,
}

/// Pages a visitor was on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatSightings {
    items: Vec<ChatSighting>,
}

/// A page a visitor was on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatSighting {
    url: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "widgets send it; what page led here is shown by the page before")]
    referrer: Option<String>,
}

fn visitor(call: &Call) -> Result<Visitor, Problem> {
    match &call.viewer {
        Viewer::Visitor(visitor) => Ok(visitor.clone()),
        _ => Err(Problem::unauthorized("Open a session first.")),
    }
}

/// A client on this very machine, with no proxy in between, is the operator's own.
fn is_direct(call: &Call) -> bool {
    !call.client.forwarded && call.client.address.is_some_and(|address| address.is_loopback())
}

fn languages(call: &Call, asked: Option<String>) -> String {
    let accepted = platform::i18n::accepted(&call.client.languages);
    let wishes: Vec<&str> = asked.as_deref().into_iter().chain(accepted).collect();
    platform::i18n::choose(&wishes, &platform::i18n::LANGUAGES).unwrap_or("en").to_owned()
}

/// Tells what a widget shows before anything is said.
pub async fn config(call: Call, input: Input<String, LanguageQuery>) -> Result<Shared<ChatConfig>, Problem> {
    let (key, language) = (input.path, languages(&call, input.query.language));
    let here = call.desk.presence.is_anybody_available();
    Ok(Shared(call.read(move |tx| config::config(tx, &key, &language, here)).await?))
}

/// Opens a session.
pub async fn open_session(call: Call, input: Input<String, NoQuery, Body<NewSession>>) -> Result<Created<SessionMade>, Problem> {
    if !is_direct(&call) {
        call.desk.limits.sessions.take(&call.client.address.map(|address| address.to_string()).unwrap_or_default())?;
    }
    Ok(Created(session::open(&call.desk, &input.path, input.body.0).await?))
}

/// Shows the session that asks.
pub async fn session(call: Call, _: Input) -> Result<Found<SessionView>, Problem> {
    let visitor = visitor(&call)?;
    let view = call
        .read(move |tx| {
            let known = session::known(tx, &visitor)?;
            let contact = match known.contact_id {
                Some(id) => Some(ChatContact { name: crate::people::contact_row(tx, id)?.name, email: crate::people::contacts::email_of(tx, id)? }),
                None => Some(ChatContact { name: known.claimed.name.clone(), email: known.claimed.email.clone() })
                    .filter(|contact| contact.name.is_some() || contact.email.is_some()),
            };
            Ok(SessionView { visitor_id: visitor.id, contact_id: known.contact_id, verification: known.verification, contact })
        })
        .await?;
    Ok(Found(view))
}

/// Raises the session by a signed identity.
pub async fn identify(call: Call, input: Input<(), NoQuery, Body<IdentityToken>>) -> Result<Found<SessionMade>, Problem> {
    Ok(Found(session::identify(&call.desk, visitor(&call)?, input.body.0.identity).await?))
}

/// Ends the session.
pub async fn log_out(call: Call, _: Input) -> Result<Done, Problem> {
    let visitor = visitor(&call)?;
    call.desk.store.write(move |tx| session::log_out(tx, &visitor)).await?;
    Ok(Done)
}

/// Says something.
pub async fn say(call: Call, input: Input<(), NoQuery, Body<Said>>) -> Result<Created<Accepted>, Problem> {
    let (visitor, direct) = (visitor(&call)?, is_direct(&call));
    Ok(Created(messages::accept(&call.desk, &visitor, input.body.0, call.key.map(|key| key.key), direct).await?))
}

/// Lists the customer's conversations.
pub async fn conversations(call: Call, input: Input<(), ChatConversationsQuery>) -> Result<Found<Page<ChatConversation>>, Problem> {
    let visitor = visitor(&call)?;
    let limit = check::limit(input.query.limit.or(Some(20)), 50)?;
    let before = input.query.cursor.as_deref().map(cursor::read::<(i64, ConversationId)>).transpose()?.map(|(at, id)| (Moment(at), id));
    let rejoin = messages::rejoin(&call.desk);
    Ok(Found(call.read(move |tx| recent::list(tx, &visitor, before, limit, rejoin)).await?))
}

/// Tells where the customer stands in the queue.
pub async fn queue(call: Call, _: Input) -> Result<Found<QueuePlace>, Problem> {
    let visitor = visitor(&call)?;
    let place = move |tx: &mut Tx<'_>| match messages::current_conversation(tx, &visitor)? {
        Some(id) => Ok(conversations::assignment::place_of(tx, id)?),
        None => Ok(QueuePlace::default()),
    };
    Ok(Found(call.read(place).await?))
}

/// Reads a stretch of the chat.
pub async fn messages(call: Call, input: Input<(), StretchQuery>) -> Result<Found<ChatPageOfMessages>, Problem> {
    let visitor = visitor(&call)?;
    let query = input.query;
    let limit = check::limit(query.latest.or(query.limit).or(Some(50)), 200)?;
    let place = |text: Option<String>| text.as_deref().map(cursor::read::<i64>).transpose();
    let stretch = match query.latest {
        Some(_) => Wanted::Latest(place(query.before)?.unwrap_or(i64::MAX)),
        None => Wanted::After(place(query.after)?.unwrap_or(0)),
    };
    Ok(Found(call.read(move |tx| messages::read(tx, &visitor, query.conversation_id, &stretch, limit)).await?))
}

/// Tells up to where messages were shown or read.
pub async fn receipt(call: Call, input: Input<(), NoQuery, Body<Receipt>>) -> Result<Done, Problem> {
    let (visitor, receipt) = (visitor(&call)?, input.body.0);
    note_receipt(&call.desk, visitor, receipt.conversation_id, receipt.seq, receipt.state).await?;
    Ok(Done)
}

/// The same over the socket.
pub async fn note_receipt(desk: &crate::desk::Desk, visitor: Visitor, id: ConversationId, seq: i64, heard: Heard) -> Result<(), Problem> {
    desk.store
        .write(move |tx| {
            let known = session::known(tx, &visitor)?;
            conversations::receipt(tx, id, visitor.id, known.signed(), seq, heard)
        })
        .await
}

/// Tells who one is; kept as claimed.
pub async fn claim(call: Call, input: Input<(), NoQuery, Body<ClaimedProfile>>) -> Result<Found<SessionView>, Problem> {
    let (who, told) = (visitor(&call)?, input.body.0);
    call.desk.store.write(move |tx| session::claim(tx, &who, &told)).await?;
    session(call, Input { path: (), query: NoQuery {}, body: () }).await
}

/// Tells what the customer did in the shop.
pub async fn event(call: Call, input: Input<(), NoQuery, Body<ChatEvent>>) -> Result<Noted, Problem> {
    let (visitor, ChatEvent { name, properties }) = (visitor(&call)?, input.body.0);
    if !is_direct(&call) {
        call.desk.limits.messages.take(&visitor.id.to_string())?;
    }
    call.desk
        .store
        .write(move |tx| {
            let known = session::known(tx, &visitor)?;
            let known = session::make_durable(tx, &visitor, known)?;
            let contact = known.contact_id.ok_or_else(Problem::not_found)?;
            timeline::track(tx, platform::events::Actor::contact(contact.0), contact, &name, &properties, None).map(drop)
        })
        .await?;
    Ok(Noted)
}

/// Tells on which pages the visitor was.
pub async fn sightings(call: Call, input: Input<(), NoQuery, Body<ChatSightings>>) -> Result<Noted, Problem> {
    let visitor = visitor(&call)?;
    for sighting in input.body.0.items.iter().take(50) {
        messages::note_page(&call.desk, &visitor, &sighting.url, sighting.title.as_deref());
    }
    Ok(Noted)
}

/// Uploads a file.
pub async fn upload(call: Call, request: Request) -> Result<Response, Problem> {
    let visitor = visitor(&call)?;
    if !is_direct(&call) {
        call.desk.limits.uploads.take(&visitor.id.to_string())?;
    }
    let who = visitor.clone();
    let limit = call
        .read(move |tx| {
            session::known(tx, &who)?;
            Ok(store::max_attachment_bytes(tx, who.inbox_id)?)
        })
        .await?;
    let file = http_files::upload(&call.desk, request, limit, visitor.id.0).await?;
    Ok(Created(ChatFile::from(file)).respond())
}

/// Downloads a file the session may see.
pub async fn download(call: Call, request: Request) -> Result<Response, Problem> {
    let visitor = visitor(&call)?;
    let (mut parts, _) = request.into_parts();
    let Path(id) = Path::<FileId>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?;
    let file = call
        .read(move |tx| {
            let known = session::known(tx, &visitor)?;
            conversations::public_file(tx, id, visitor.id, known.signed())
        })
        .await?;
    http_files::download(&call.desk, file).await
}
