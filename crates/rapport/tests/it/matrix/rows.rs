//! A row for each route: which ids it takes, and a body that reaches what decides.

use rapport::viewer::Permission;
use serde_json::Value;

use super::world::{Thing, Who};

/// How a route is asked.
pub(super) struct Row {
    /// Method and path, as the route declares them.
    pub(super) route: &'static str,
    /// Which ids it takes: those of the path in their order, then those that `query` and `body` name as `$`.
    pub(super) things: &'static [Thing],
    query: &'static str,
    body: &'static str,
    /// What is answered, to whoever may ask, about what is not theirs.
    pub(super) not_theirs: u16,
    /// Nobody does this who has their rights over one brand.
    pub(super) is_company_wide: bool,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// Its answer has no end.
    Stream,
    /// Whoever asks is gone afterwards.
    Goodbye,
}

impl Row {
    const fn query(mut self, query: &'static str) -> Row {
        self.query = query;
        self
    }

    const fn answers(mut self, status: u16) -> Row {
        self.not_theirs = status;
        self
    }

    const fn company_wide(mut self) -> Row {
        self.is_company_wide = true;
        self
    }

    const fn kind(mut self, kind: Kind) -> Row {
        self.kind = kind;
        self
    }

    pub(super) fn is_read(&self) -> bool {
        self.route.starts_with("GET ") && self.kind != Kind::Stream
    }

    /// Whether it can be asked by whoever may, one after the other.
    pub(super) fn is_write(&self) -> bool {
        !self.route.starts_with("GET ") && self.kind == Kind::Plain
    }

    /// Whether whoever may ask is shown their own: what lies in a conversation takes reading conversations, and so on.
    pub(super) fn shows(&self, who: &Who) -> bool {
        let reads = |permission| who.is_visitor || who.permissions.contains(&permission);
        self.is_read()
            && self.things.iter().all(|thing| match thing {
                Thing::Conversation | Thing::File => reads(Permission::ConversationsRead),
                Thing::Contact | Thing::Identity | Thing::Remark | Thing::Merge | Thing::Company | Thing::Fact => {
                    reads(Permission::ContactsRead) || self.not_theirs == 200
                }
                // Brought by somebody who imports over the whole company.
                Thing::Import => false,
                _ => true,
            })
    }

    /// The path, with its query and body, filled with ids.
    pub(super) fn filled(&self, id: impl Fn(Thing) -> String) -> (String, Option<Value>) {
        let mut ids = self.things.iter().map(|thing| id(*thing));
        let path = self.route.split_once(' ').unwrap().1;
        let segments = path.split('/').map(|segment| match segment {
            "{mode}" => "note".to_owned(),
            "{*path}" => "index.html".to_owned(),
            segment if segment.starts_with('{') => ids.next().unwrap(),
            segment => segment.to_owned(),
        });
        let path = segments.collect::<Vec<_>>().join("/");
        let last = ids.next().unwrap_or_default();
        let body = Some(self.body).filter(|body| !body.is_empty()).map(|body| serde_json::from_str(&body.replace('$', &last)).unwrap());
        (format!("{path}{}", self.query.replace('$', &last)), body)
    }
}

const fn row(route: &'static str, things: &'static [Thing], body: &'static str) -> Row {
    Row { route, things, query: "", body, not_theirs: 404, is_company_wide: false, kind: Kind::Plain }
}

use Thing::{
    Agent, Attribute, Brand, CannedResponse, ChatFile, Company, Contact, ContactReason, Conversation, Fact, File, Identity, Import, Inbox, InboxKey, Link,
    Location, Macro, Merge, Message, Remark, Role, Rule, SavedView, Scheduled, Session, SigningKey, SlaPolicy, Team, Token, Twin,
};

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("POST /api/v1/sign-in", &[], r#"{"email": "x@example.com", "password": "x"}"#),
    row("POST /api/v1/links/inspect", &[], r#"{"token": "x"}"#),
    row("POST /api/v1/links/use", &[], r#"{"token": "x"}"#),
    row("POST /api/v1/sign-out", &[], "").kind(Kind::Goodbye),
    row("POST /api/v1/sign-out-everywhere", &[], "").kind(Kind::Goodbye),
    row("GET /api/v1/me", &[], ""),
    row("PATCH /api/v1/me", &[], r#"{"availability": "busy"}"#),
    row("POST /api/v1/me/password", &[], r#"{"current": "x", "new": "correct horse"}"#),
    row("GET /api/v1/me/sessions", &[], ""),
    row("DELETE /api/v1/me/sessions/{id}", &[Session], ""),
    row("GET /api/v1/me/second-factor", &[], ""),
    row("POST /api/v1/me/second-factor", &[], r#"{"password": "x"}"#),
    row("POST /api/v1/me/second-factor/confirm", &[], r#"{"code": "000000"}"#),
    row("POST /api/v1/me/second-factor/recovery-codes", &[], r#"{"code": "000000"}"#),
    row("POST /api/v1/me/second-factor/remove", &[], r#"{"code": "000000"}"#),
    row("GET /api/v1/me/tokens", &[], ""),
    row("POST /api/v1/me/tokens", &[], r#"{"name": "Mine", "scope": "*"}"#),
    row("DELETE /api/v1/me/tokens/{id}", &[Token], ""),
    row("GET /api/v1/views", &[], ""),
    row("GET /api/v1/conversations", &[Contact], "").query("?contact_id=$").answers(200),
    row("GET /api/v1/conversations/{id}", &[Conversation], ""),
    row("PATCH /api/v1/conversations/{id}", &[Conversation], r#"{"priority": "high"}"#),
    row("GET /api/v1/conversations/{id}/messages", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/replies", &[Conversation], r#"{"text": "Good day"}"#),
    row("POST /api/v1/conversations/{id}/notes", &[Conversation], r#"{"text": "Look"}"#),
    row("POST /api/v1/conversations/{id}/transfer", &[Conversation], r#"{"assignee_id": null, "reason": "Not mine"}"#),
    row("GET /api/v1/conversations/{id}/participants", &[Conversation], ""),
    row("PUT /api/v1/conversations/{id}/participants/{agent_id}", &[Conversation, Agent], ""),
    row("DELETE /api/v1/conversations/{id}/participants/{agent_id}", &[Conversation, Agent], ""),
    row("PUT /api/v1/conversations/{id}/read", &[Conversation], r#"{"seq": 1}"#),
    row("DELETE /api/v1/conversations/{id}/read", &[Conversation], ""),
    row("GET /api/v1/conversations/{id}/drafts", &[Conversation], ""),
    row("PUT /api/v1/conversations/{id}/drafts/{mode}", &[Conversation], r#"{"text": "Not yet"}"#),
    row("DELETE /api/v1/conversations/{id}/drafts/{mode}", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/merge", &[Conversation, Conversation], r#"{"into_id": "$"}"#),
    row("GET /api/v1/conversations/{id}/parts", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/unmerge", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/split", &[Conversation], "{}"),
    row("GET /api/v1/conversations/{id}/links", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/links", &[Conversation, Conversation], r#"{"kind": "related", "to_id": "$"}"#),
    row("DELETE /api/v1/conversations/{id}/links/{link_id}", &[Conversation, Link], ""),
    row("PATCH /api/v1/conversations/{id}/messages/{message_id}", &[Conversation, Message], r#"{"text": "Otherwise"}"#),
    row("GET /api/v1/conversations/{id}/messages/{message_id}/edits", &[Conversation, Message], ""),
    row("POST /api/v1/conversations/{id}/messages/{message_id}/redact", &[Conversation, Message], ""),
    row("GET /api/v1/conversations/{id}/scheduled-replies", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/scheduled-replies", &[Conversation], r#"{"text": "Later", "send_at": "2026-03-03T12:00:00Z"}"#),
    row("PATCH /api/v1/conversations/{id}/scheduled-replies/{scheduled_id}", &[Conversation, Scheduled], r#"{"text": "Otherwise"}"#),
    row("DELETE /api/v1/conversations/{id}/scheduled-replies/{scheduled_id}", &[Conversation, Scheduled], ""),
    row("POST /api/v1/files", &[], "{}"),
    row("GET /api/v1/files/{id}", &[File], ""),
    row("GET /api/v1/contacts", &[], "").query("?q=canary"),
    row("POST /api/v1/contacts", &[], r#"{"name": "Somebody"}"#),
    row("GET /api/v1/contacts/{id}", &[Contact], ""),
    row("PATCH /api/v1/contacts/{id}", &[Contact], r#"{"language": "pt"}"#),
    row("POST /api/v1/contacts/{id}/identities", &[Contact], r#"{"kind": "external", "value": "4711"}"#),
    row("DELETE /api/v1/contacts/{id}/identities/{identity_id}", &[Contact, Identity], ""),
    row("GET /api/v1/contacts/{id}/notes", &[Contact], ""),
    row("POST /api/v1/contacts/{id}/notes", &[Contact], r#"{"text": "Regular"}"#),
    row("DELETE /api/v1/contacts/{id}/notes/{note_id}", &[Contact, Remark], ""),
    row("GET /api/v1/companies", &[], "").query("?q=canary"),
    row("POST /api/v1/companies", &[], r#"{"name": "New"}"#),
    row("GET /api/v1/companies/{id}", &[Company], ""),
    row("PATCH /api/v1/companies/{id}", &[Company], r#"{"domains": ["new.example"]}"#),
    row("DELETE /api/v1/companies/{id}", &[Company], ""),
    row("GET /api/v1/companies/{id}/contacts", &[Company], ""),
    row("POST /api/v1/companies/{id}/contacts", &[Company, Contact], r#"{"contact_ids": ["$"]}"#),
    row("GET /api/v1/companies/{id}/suggestions", &[Company], ""),
    row("GET /api/v1/contacts/{id}/company-suggestions", &[Contact], ""),
    row("GET /api/v1/contacts/export", &[], ""),
    row("GET /api/v1/contact-imports", &[], ""),
    row("POST /api/v1/contact-imports", &[], ""),
    row("GET /api/v1/contact-imports/{id}", &[Import], ""),
    row("PATCH /api/v1/contact-imports/{id}", &[Import], r#"{"existing": "fill"}"#),
    row("DELETE /api/v1/contact-imports/{id}", &[Import], ""),
    row("GET /api/v1/contact-imports/{id}/preview", &[Import], ""),
    row("POST /api/v1/contact-imports/{id}/start", &[Import], ""),
    row("POST /api/v1/contact-imports/{id}/stop", &[Import], ""),
    row("POST /api/v1/contact-imports/{id}/undo", &[Import], ""),
    row("GET /api/v1/contact-imports/{id}/kept", &[Import], ""),
    row("GET /api/v1/contact-imports/{id}/refused", &[Import], ""),
    row("GET /api/v1/contacts/duplicates", &[], ""),
    row("GET /api/v1/contacts/{id}/duplicates", &[Contact], ""),
    row("PUT /api/v1/contacts/{id}/distinct/{other_id}", &[Contact, Twin], ""),
    row("DELETE /api/v1/contacts/{id}/distinct/{other_id}", &[Contact, Twin], ""),
    row("GET /api/v1/contacts/{id}/merge-preview", &[Contact, Twin], "").query("?from_id=$"),
    row("GET /api/v1/contacts/{id}/merges", &[Contact], ""),
    row("POST /api/v1/contacts/{id}/merges", &[Contact, Twin], r#"{"from_id": "$"}"#),
    row("GET /api/v1/contacts/{id}/merges/{merge_id}", &[Contact, Merge], ""),
    row("DELETE /api/v1/contacts/{id}/merges/{merge_id}", &[Contact, Merge], ""),
    row("GET /api/v1/contacts/{id}/facts", &[Contact], ""),
    row("POST /api/v1/contacts/{id}/facts", &[Contact], r#"{"kind": "want", "text": "Blue", "source": "said so"}"#),
    row("DELETE /api/v1/contacts/{id}/facts/{fact_id}", &[Contact, Fact], ""),
    row("GET /api/v1/contacts/{id}/timeline", &[Contact], ""),
    row("POST /api/v1/contacts/{id}/events", &[Contact], r#"{"name": "order"}"#),
    row("GET /api/v1/conversations/{id}/canned-responses", &[Conversation], ""),
    row("GET /api/v1/canned-responses", &[], ""),
    row("POST /api/v1/canned-responses", &[Brand], r#"{"name": "New", "shortcut": "new", "texts": {"en": "New"}, "sharing": {"with": "brand", "brand_id": "$"}}"#).answers(403),
    row("POST /api/v1/canned-responses/import", &[], r#"{"format": "json", "content": "[]"}"#),
    row("GET /api/v1/canned-responses/export", &[], "").query("?format=json"),
    row("GET /api/v1/canned-responses/{id}", &[CannedResponse], ""),
    row("PATCH /api/v1/canned-responses/{id}", &[CannedResponse], r#"{"name": "Renamed"}"#),
    row("DELETE /api/v1/canned-responses/{id}", &[CannedResponse], ""),
    row("POST /api/v1/canned-responses/{id}/uses", &[CannedResponse], ""),
    row("GET /api/v1/conversations/{id}/macros", &[Conversation], ""),
    row("POST /api/v1/conversations/{id}/macros/{macro_id}", &[Conversation, Macro], "{}"),
    row("GET /api/v1/macros", &[], ""),
    row("POST /api/v1/macros", &[Brand], r#"{"name": "New", "actions": [{"type": "set_priority", "priority": "high"}], "sharing": {"with": "brand", "brand_id": "$"}}"#).answers(403),
    row("GET /api/v1/macros/{id}", &[Macro], ""),
    row("PATCH /api/v1/macros/{id}", &[Macro], r#"{"name": "Renamed"}"#),
    row("DELETE /api/v1/macros/{id}", &[Macro], ""),
    row("GET /api/v1/assignment", &[], ""),
    row("PUT /api/v1/assignment", &[], r#"{"capacity": 5}"#).company_wide(),
    row("PUT /api/v1/teams/{id}/assignment", &[Team], r#"{"method": "manual"}"#),
    row("PUT /api/v1/agents/{id}/assignment", &[Agent], r#"{"skills": ["x"]}"#),
    row("GET /api/v1/conversation-fields", &[], ""),
    row("GET /api/v1/saved-views", &[], ""),
    row("POST /api/v1/saved-views", &[Brand], r#"{"name": "New", "condition": {"all": []}, "sharing": {"with": "brand", "brand_id": "$"}}"#).answers(403),
    row("GET /api/v1/saved-views/{id}", &[SavedView], ""),
    row("PATCH /api/v1/saved-views/{id}", &[SavedView], r#"{"name": "Renamed"}"#),
    row("DELETE /api/v1/saved-views/{id}", &[SavedView], ""),
    row("GET /api/v1/automation/fields", &[], ""),
    row("GET /api/v1/automation/rules", &[], ""),
    row("POST /api/v1/automation/rules", &[Brand], r#"{"name": "New", "trigger": {"on": "reopened"}, "condition": {"all": []}, "stops": true, "sharing": {"with": "brand", "brand_id": "$"}}"#).answers(403),
    row("POST /api/v1/automation/rules/dry-run", &[Brand], r#"{"name": "New", "trigger": {"on": "message_received"}, "condition": {"all": []}, "stops": true, "sharing": {"with": "brand", "brand_id": "$"}}"#).answers(403),
    row("GET /api/v1/automation/rules/{id}", &[Rule], ""),
    row("PATCH /api/v1/automation/rules/{id}", &[Rule], r#"{"name": "Renamed"}"#),
    row("PUT /api/v1/automation/rules/{id}/place", &[Rule], r#"{"before_id": null}"#),
    row("GET /api/v1/automation/rules/{id}/runs", &[Rule], ""),
    row("DELETE /api/v1/automation/rules/{id}", &[Rule], ""),
    row("GET /api/v1/conversations/{id}/rule-runs", &[Conversation], ""),
    row("GET /api/v1/sla-policies", &[], ""),
    row("POST /api/v1/sla-policies", &[Brand], r#"{"name": "New", "brand_id": "$", "targets": {"resolution": {"minutes": 60, "business_time": true}}}"#).answers(403),
    row("PATCH /api/v1/sla-policies/{id}", &[SlaPolicy], r#"{"name": "Renamed"}"#),
    row("DELETE /api/v1/sla-policies/{id}", &[SlaPolicy], ""),
    row("GET /api/v1/contact-reasons", &[], ""),
    row("POST /api/v1/contact-reasons", &[Brand], r#"{"names": {"en": "New"}, "brand_id": "$"}"#).answers(403),
    row("PATCH /api/v1/contact-reasons/{id}", &[ContactReason], r#"{"names": {"en": "Renamed"}}"#),
    row("DELETE /api/v1/contact-reasons/{id}", &[ContactReason], ""),
    row("GET /api/v1/attributes", &[], ""),
    row("POST /api/v1/attributes", &[], r#"{"of": "contact", "key": "new", "names": {"en": "New"}, "kind": "text"}"#).company_wide(),
    row("PATCH /api/v1/attributes/{id}", &[Attribute], r#"{"names": {"en": "Renamed"}}"#).company_wide(),
    row("DELETE /api/v1/attributes/{id}", &[Attribute], "").company_wide(),
    row("GET /api/v1/search", &[], "").query("?q=canary"),
    row("GET /api/v1/agents", &[], ""),
    row("POST /api/v1/agents", &[Brand], r#"{"name": "New", "email": "$@example.com", "grants": [{"role": "administrator", "brand_id": "$"}]}"#).answers(403),
    row("GET /api/v1/agents/{id}", &[Agent], ""),
    row("PATCH /api/v1/agents/{id}", &[Agent], r#"{"name": "Renamed"}"#),
    row("POST /api/v1/agents/{id}/links", &[Agent], r#"{"kind": "reset"}"#),
    row("POST /api/v1/agents/{id}/sign-out-everywhere", &[Agent], ""),
    row("GET /api/v1/roles", &[], ""),
    row("POST /api/v1/roles", &[], r#"{"name": "New", "permissions": []}"#).company_wide(),
    row("PATCH /api/v1/roles/{id}", &[Role], r#"{"permissions": []}"#).company_wide(),
    row("DELETE /api/v1/roles/{id}", &[Role], "").company_wide(),
    row("DELETE /api/v1/agents/{id}/second-factor", &[Agent], ""),
    row("GET /api/v1/sign-in-policy", &[], ""),
    row("PUT /api/v1/sign-in-policy", &[], r#"{"second_factor_required": false}"#).company_wide(),
    row("GET /api/v1/audit-entries", &[], "").company_wide(),
    row("GET /api/v1/tokens", &[], "").company_wide(),
    row("DELETE /api/v1/tokens/{id}", &[Token], "").company_wide(),
    row("POST /api/v1/special-days/read", &[], r#"{"content": ""}"#),
    row("GET /api/v1/teams", &[], ""),
    row("POST /api/v1/teams", &[], r#"{"name": "New"}"#),
    row("PATCH /api/v1/teams/{id}", &[Team], r#"{"name": "Renamed"}"#),
    row("DELETE /api/v1/teams/{id}", &[Team], ""),
    row("GET /api/v1/brands", &[], ""),
    row("POST /api/v1/brands", &[], r#"{"name": "New"}"#).company_wide(),
    row("GET /api/v1/brands/{id}", &[Brand], ""),
    row("PATCH /api/v1/brands/{id}", &[Brand], r#"{"tone": "formal"}"#),
    row("GET /api/v1/locations", &[], ""),
    row("POST /api/v1/locations", &[Brand], r#"{"kind": "location", "name": "New", "brand_id": "$"}"#).answers(422),
    row("PATCH /api/v1/locations/{id}", &[Location], r#"{"city": "Porto"}"#),
    row("DELETE /api/v1/locations/{id}", &[Location], ""),
    row("GET /api/v1/inboxes", &[], ""),
    row("POST /api/v1/inboxes", &[Brand], r#"{"name": "New", "channel": "webchat", "brand_id": "$"}"#).answers(422),
    row("GET /api/v1/inboxes/{id}", &[Inbox], ""),
    row("PATCH /api/v1/inboxes/{id}", &[Inbox], r#"{"ask_email_when_closed": false}"#),
    row("POST /api/v1/inboxes/{id}/signing-keys", &[Inbox], ""),
    row("DELETE /api/v1/inboxes/{id}/signing-keys/{key_id}", &[Inbox, SigningKey], ""),
    row("GET /api/v1/setup", &[], ""),
    row("GET /api/v1/chat/{inbox_key}", &[InboxKey], ""),
    row("POST /api/v1/chat/{inbox_key}/sessions", &[InboxKey], "{}"),
    row("GET /api/v1/chat/session", &[], ""),
    row("POST /api/v1/chat/identify", &[], r#"{"identity": "x"}"#),
    row("POST /api/v1/chat/logout", &[], "").kind(Kind::Goodbye),
    row("GET /api/v1/chat/conversations", &[], ""),
    row("GET /api/v1/chat/queue", &[], ""),
    row("GET /api/v1/chat/messages", &[], ""),
    row("POST /api/v1/chat/messages", &[], r#"{"text": "Hello"}"#),
    row("POST /api/v1/chat/receipts", &[Conversation], r#"{"conversation_id": "$", "seq": 1, "state": "read"}"#),
    row("PATCH /api/v1/chat/contact", &[], r#"{"language": "pt"}"#),
    row("POST /api/v1/chat/events", &[], r#"{"name": "order"}"#),
    row("POST /api/v1/chat/sightings", &[], r#"{"items": []}"#),
    row("POST /api/v1/chat/files", &[], "{}"),
    row("GET /api/v1/chat/files/{id}", &[ChatFile], ""),
    row("POST /api/v1/live/tickets", &[], ""),
    row("GET /api/v1/live", &[], ""),
    row("GET /api/v1/live/events", &[], "").kind(Kind::Stream),
    row("GET /api/v1/openapi.json", &[], ""),
    row("GET /api/v1/reference", &[], ""),
    row("GET /api/v1/logos/{id}", &[File], ""),
    row("GET /healthz", &[], ""),
    row("GET /readyz", &[], ""),
    row("GET /metrics", &[], ""),
    row("GET /", &[], ""),
    row("GET /portal.css", &[], ""),
    row("GET /reference.css", &[], ""),
    row("GET /console", &[], ""),
    row("GET /console/", &[], ""),
    row("GET /console/{*path}", &[], ""),
    row("GET /widget.js", &[], ""),
    row("GET /widget/frame", &[], ""),
    row("GET /widget/{*path}", &[], ""),
    row("GET /chat/{inbox_key}", &[InboxKey], ""),
    row("GET /shop/{inbox_key}", &[InboxKey], ""),
];
