//! What a widget shows before anything is said: the brand, and the honest expected wait.

use platform::{clock::Moment, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::PROTOCOL;
use crate::{
    channels::{Inbox, store as inbox_store},
    conversations::{self, sla::Promise},
    people,
    places::{self, Brand, ServiceModel, Tone, colour},
};

/// The inbox, as visitors may know it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChatInbox {
    /// Its key.
    pub key: String,
    /// The largest file, in bytes.
    pub max_attachment_bytes: i64,
    /// Whether an address is asked for outside opening hours.
    pub ask_email_when_closed: bool,
}

/// The brand, with colours that can be read.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChatBrand {
    /// Its name.
    pub name: String,
    /// Ground of header, launcher and own messages.
    pub accent: String,
    /// Text on it.
    pub on_accent: String,
    /// Accent as text on white.
    pub accent_ink: String,
    /// A chosen ground.
    pub accent_soft: String,
    /// The accent in the dark.
    pub accent_dark: String,
    /// Text on that.
    pub on_accent_dark: String,
    /// A chosen ground in the dark.
    pub accent_soft_dark: String,
    /// Corner radius in pixels.
    pub radius: i64,
    /// Its logo.
    pub logo_url: Option<String>,
    /// How it speaks.
    pub tone: Tone,
    /// How it serves.
    pub service_model: ServiceModel,
    /// What it promises, in the language asked for.
    pub promise: Option<String>,
}

/// When one is answered, truthfully.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChatAvailability {
    /// Whether it is open now.
    pub open: bool,
    /// Whether it never closes.
    pub always_open: bool,
    /// By the wall clock of which time zone, as an IANA name.
    pub time_zone: String,
    /// When it opens next.
    pub opens_at: Option<Moment>,
    /// When it closes.
    pub closes_at: Option<Moment>,
    /// Median first answer of the last 28 days in seconds; none when too few to say.
    pub expected_wait_seconds: Option<i64>,
    /// Within which time a first answer is promised, by the SLA policy that holds for who writes here; none without one.
    pub promise: Option<Promise>,
    /// Over how many answers.
    pub measured_over: i64,
    /// Whether somebody is here now.
    pub agents_available: bool,
}

/// What a widget shows before anything is said.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChatConfig {
    /// The inbox.
    pub inbox: ChatInbox,
    /// The brand.
    pub brand: ChatBrand,
    /// Languages the brand answers in.
    pub languages: Vec<String>,
    /// When one is answered.
    pub availability: ChatAvailability,
    /// The version of the protocol.
    pub protocol: i64,
}

/// The inbox of a key and its brand.
pub(super) fn inbox_and_brand(tx: &mut Tx<'_>, key: &str) -> Result<(Inbox, Brand), Problem> {
    let inbox = inbox_store::open_inbox(tx, key)?;
    let brand = places::brand(tx, inbox.brand_id)?;
    Ok((inbox, brand))
}

/// The state of an inbox's hours and its honest wait.
pub(super) fn availability(tx: &mut Tx<'_>, inbox: &Inbox, agents_available: bool) -> Result<ChatAvailability, Problem> {
    let hours = people::business_time(tx, &inbox.scope())?;
    let state = hours.state(tx.now());
    let promise = conversations::sla::promised(tx, inbox.scope(), "webchat", &hours)?;
    let (expected_wait_seconds, measured_over) = conversations::expected_wait(tx, inbox.id)?;
    Ok(ChatAvailability {
        open: state.open,
        always_open: hours.is_always_open(),
        time_zone: hours.time_zone().to_owned(),
        opens_at: state.opens_at,
        closes_at: state.closes_at,
        expected_wait_seconds,
        promise,
        measured_over,
        agents_available,
    })
}

/// Everything a widget shows.
pub(super) fn config(tx: &mut Tx<'_>, key: &str, language: &str, agents_available: bool) -> Result<ChatConfig, Problem> {
    let (inbox, brand) = inbox_and_brand(tx, key)?;
    let availability = availability(tx, &inbox, agents_available)?;
    Ok(ChatConfig {
        inbox: ChatInbox { key: inbox.key, max_attachment_bytes: inbox.max_attachment_bytes, ask_email_when_closed: inbox.ask_email_when_closed },
        brand: chat_brand(&brand, language)?,
        languages: brand.languages,
        availability,
        protocol: PROTOCOL,
    })
}

fn chat_brand(brand: &Brand, language: &str) -> Result<ChatBrand, Problem> {
    let theme = colour::theme(&brand.accent, brand.accent_dark.as_deref()).ok_or_else(|| Problem::fault("a brand has no colour"))?;
    Ok(ChatBrand {
        name: brand.name.clone(),
        accent: theme.accent,
        on_accent: theme.on_accent,
        accent_ink: theme.accent_ink,
        accent_soft: theme.accent_soft,
        accent_dark: theme.accent_dark,
        on_accent_dark: theme.on_accent_dark,
        accent_soft_dark: theme.accent_soft_dark,
        radius: brand.radius,
        logo_url: brand.logo_file_id.map(|id| format!("/api/v1/logos/{id}")),
        tone: brand.tone,
        service_model: brand.service_model,
        promise: brand.promise.pick(language).map(str::to_owned),
    })
}
