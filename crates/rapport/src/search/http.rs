//! `GET /api/v1/search`.

use platform::{
    clock::Moment,
    store::Tx,
    web::{Found, Input, Page, Problem},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wire::words::{self, Language, Wanted};

use super::{
    marks::Kind,
    question::{self, Filter, Whose},
    snippet::{Snippet, snippet},
    store_index::{self as store, Index},
};
use crate::{
    Call, check,
    conversations::{self, FoundItem, FoundMessage, MessageKind, Status},
    cursor,
    ids::{AgentId, BrandId, ContactId, ConversationId, InboxId, TeamId},
    people::contacts,
    viewer::{Permission, Viewer},
};

/// Of each kind so many, where all kinds are asked for, so that messages find room.
const OF_EACH: usize = 5;

platform::word_enum! {
    /// Where something is looked for.
    What {
        /// Everywhere.
        All = "all",
        /// In what was written, by whomever.
        Messages = "messages",
        /// In notes only.
        Notes = "notes",
        /// Everything that was written but notes.
        Correspondence = "correspondence",
        /// Among subjects and case numbers.
        Conversations = "conversations",
        /// Among names and addresses of contacts.
        Contacts = "contacts",
        /// Among tags.
        Tags = "tags",
    }
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words, of which the last may be half typed; a number, an address. 200 characters at most, the first twelve words count.
    q: String,
    /// Where: `all` (unless told), `messages`, `notes`, `correspondence` (messages that are no notes), `conversations`, `contacts`, `tags`.
    #[serde(rename = "in")]
    #[param(rename = "in", value_type = Option<String>)]
    what: Option<What>,
    /// In which language the words are: `en`, `es`, `pt`, `pl`, `ru`. Each of them, unless told.
    language: Option<String>,
    /// Only in this brand.
    brand_id: Option<BrandId>,
    /// Only in conversations of this inbox.
    inbox_id: Option<InboxId>,
    /// Only in conversations of this team.
    team_id: Option<TeamId>,
    /// Only in conversations that stand so.
    #[param(value_type = Option<Status>)]
    status: Option<Status>,
    /// Only in conversations of this agent; `me` and `none` are understood.
    assignee: Option<String>,
    /// Only in conversations with this tag.
    tag: Option<String>,
    /// Only what was written then or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Moment>,
    /// Only what was written before then.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Moment>,
    /// From the page before.
    cursor: Option<String>,
    /// 1 to 50, 25 unless told.
    limit: Option<i64>,
}

platform::word_enum! {
    /// What was found.
    HitKind {
        /// A contact.
        Contact = "contact",
        /// A conversation, by subject or number.
        Conversation = "conversation",
        /// A tag; `title` is it.
        Tag = "tag",
        /// A message, reply or note.
        Message = "message",
    }
}

/// Something found.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: HitKind,
    /// Names it; tags have no other name than their own.
    pub id: Option<Uuid>,
    /// Its name or subject.
    pub title: String,
    /// What tells it from others.
    pub subtitle: String,
    /// Set for conversations and messages.
    pub conversation_id: Option<ConversationId>,
    /// The contact it is or belongs to.
    pub contact_id: Option<ContactId>,
    /// The case it is or stands in.
    pub case: Option<Case>,
    /// What was said.
    pub message: Option<HitMessage>,
}

/// The case of something found.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Case {
    /// Its number.
    pub number: i64,
    /// Its brand.
    pub brand_id: BrandId,
    /// Where it stands.
    pub status: Status,
}

/// A message that was found.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HitMessage {
    /// Its number in the conversation.
    pub seq: i64,
    /// What it is.
    pub kind: MessageKind,
    /// Who said it.
    pub author_name: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// The piece around what was found.
    pub snippet: Snippet,
}

/// A question that was understood.
struct Asked {
    text: String,
    what: What,
    wanted: Option<Wanted>,
    filter: Filter,
    is_filtered: bool,
    /// Where the page before ended: the index and the number.
    before: Option<(i64, i64)>,
    limit: usize,
}

/// Finds contacts, conversations, tags and messages the viewer may see.
pub async fn search(call: Call, input: Input<(), SearchQuery>) -> Result<Found<Page<Hit>>, Problem> {
    let viewer = call.viewer.clone();
    let asked = read(&viewer, input.query)?;
    Ok(Found(call.read(move |tx| answer(tx, &viewer, &asked)).await?))
}

fn read(viewer: &Viewer, query: SearchQuery) -> Result<Asked, Problem> {
    let text = check::text("", &query.q, 200)?;
    let language = query.language.as_deref().map(|language| check::language("", language)).transpose()?;
    let filter = Filter {
        brand_id: query.brand_id,
        inbox_id: query.inbox_id,
        team_id: query.team_id,
        status: query.status,
        assignee: query.assignee.as_deref().map(|whose| read_assignee(viewer, whose)).transpose()?,
        tag: query.tag.as_deref().map(|tag| check::text("", tag, 100).map(|tag| tag.to_lowercase())).transpose()?,
        from: query.from,
        to: query.to,
    };
    Ok(Asked {
        wanted: words::question(&text, language.as_deref().and_then(Language::of_code)),
        text,
        what: query.what.unwrap_or(What::All),
        is_filtered: filter != Filter::default(),
        filter,
        before: query.cursor.as_deref().map(cursor::read).transpose()?,
        limit: usize::try_from(check::limit(query.limit, 50)?).unwrap_or(25),
    })
}

fn read_assignee(viewer: &Viewer, whose: &str) -> Result<Whose, Problem> {
    match (whose, viewer.agent()) {
        ("none", _) => Ok(Whose::Nobody),
        ("me", Some(access)) => Ok(Whose::Agent(access.id)),
        _ => whose.parse().map(|id| Whose::Agent(AgentId(id))).map_err(|_| Problem::invalid("", "assignee is me, none or the id of an agent.")),
    }
}

fn answer(tx: &mut Tx<'_>, viewer: &Viewer, asked: &Asked) -> Result<Page<Hit>, Problem> {
    let mut page = Page::whole(Vec::new());
    let each = if asked.what == What::All { OF_EACH.min(asked.limit) } else { asked.limit };
    let is_first = asked.before.is_none();
    let wants = |what: What| asked.what == What::All || asked.what == what;
    let sees_contacts = viewer.agent().is_some_and(|access| access.can(Permission::ContactsRead));
    // Names have neither status nor day, so a filter asks for none of them.
    if is_first && !asked.is_filtered && sees_contacts && wants(What::Contacts) {
        page.items.extend(by_name(tx, viewer, &asked.text, each)?);
    }
    let Some(index) = store::serving(tx)? else { return Ok(page) };
    let before = match asked.before {
        Some((generation, number)) if generation == index.generation => number,
        Some(_) => return Err(Problem::invalid("", "The index was made anew since that page. Begin again without the cursor.")),
        None => i64::MAX,
    };
    if is_first && !asked.is_filtered && wants(What::Tags) {
        page.items.extend(question::tags(tx, viewer, &index, &asked.text, each)?.into_iter().map(of_tag));
    }
    let Some(wanted) = &asked.wanted else { return Ok(page) };
    match asked.what {
        What::All if is_first => page.items.extend(conversations(tx, viewer, asked, &index, wanted, before, each)?.0),
        What::Conversations => {
            let (hits, next) = conversations(tx, viewer, asked, &index, wanted, before, each)?;
            page.items.extend(hits);
            page.next = next.map(|next| cursor::write(&(index.generation, next)));
        }
        _ => {}
    }
    page.items.truncate(asked.limit);
    let kinds: &[Kind] = match asked.what {
        What::All | What::Messages => &[Kind::Message, Kind::Note],
        What::Notes => &[Kind::Note],
        What::Correspondence => &[Kind::Message],
        What::Conversations | What::Contacts | What::Tags => return Ok(page),
    };
    let room = asked.limit - page.items.len();
    let found = question::messages(tx, viewer, &index, wanted, (&asked.filter, kinds), before, room)?;
    page.items.extend(found.items.into_iter().map(|message| of_message(message, wanted)));
    page.next = found.next.map(|next| cursor::write(&(index.generation, next)));
    Ok(page)
}

fn by_name(tx: &mut Tx<'_>, viewer: &Viewer, text: &str, limit: usize) -> Result<Vec<Hit>, Problem> {
    let found = contacts::contacts_by_name(tx, viewer, text, None, i64::try_from(limit).unwrap_or(25))?;
    Ok(found.into_iter().map(of_contact).collect())
}

/// By number on the first page, then by subject.
fn conversations(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    asked: &Asked,
    index: &Index,
    wanted: &Wanted,
    before: i64,
    limit: usize,
) -> Result<(Vec<Hit>, Option<i64>), Problem> {
    let number = asked.text.trim_start_matches('#').parse().ok().filter(|_| asked.before.is_none() && !asked.is_filtered);
    let numbered = number.map(|number| conversations::found_by_number(tx, viewer, number)).transpose()?.unwrap_or_default();
    let found = question::subjects(tx, viewer, index, wanted, &asked.filter, before, limit.saturating_sub(numbered.len()))?;
    let known: Vec<ConversationId> = numbered.iter().map(|item| item.conversation_id).collect();
    let others = found.items.into_iter().filter(|item| !known.contains(&item.conversation_id));
    Ok((numbered.iter().cloned().chain(others).map(of_conversation).collect(), found.next))
}

fn of_contact(contact: contacts::Contact) -> Hit {
    let known = contact.identities.iter().find(|identity| identity.kind != contacts::IdentityKind::Visitor);
    Hit {
        kind: HitKind::Contact,
        id: Some(contact.id.0),
        subtitle: known.map(|identity| identity.value.clone()).unwrap_or_default(),
        title: contact.name.unwrap_or_default(),
        conversation_id: None,
        contact_id: Some(contact.id),
        case: None,
        message: None,
    }
}

fn of_tag(tag: String) -> Hit {
    Hit { kind: HitKind::Tag, id: None, title: tag, subtitle: String::new(), conversation_id: None, contact_id: None, case: None, message: None }
}

fn of_conversation(item: FoundItem) -> Hit {
    Hit {
        kind: HitKind::Conversation,
        id: Some(item.conversation_id.0),
        title: item.subject,
        subtitle: item.contact_name.unwrap_or_default(),
        conversation_id: Some(item.conversation_id),
        contact_id: Some(item.contact_id),
        case: Some(Case { number: item.number, brand_id: item.brand_id, status: item.status }),
        message: None,
    }
}

fn of_message(found: FoundMessage, wanted: &Wanted) -> Hit {
    let said = HitMessage {
        seq: found.seq,
        kind: found.kind,
        author_name: found.author_name,
        created_at: found.item.created_at,
        snippet: snippet(&found.text, wanted),
    };
    Hit { kind: HitKind::Message, id: Some(found.id.0), message: Some(said), ..of_conversation(found.item) }
}
