//! Every URL with the permission it needs, one line each.

use http::Method;
use platform::web::{Route, delete, document::Components, get, patch, post, put, raw};

use crate::{
    channels::{self, webchat},
    conversations::{self, Attachment, canned, http_files, macros, reasons},
    desk::Desk,
    gate::Need::{Agent, Can, Listener, Public, Visitor},
    guide, live, pages, people, places, search, timeline,
    viewer::Permission::{
        AgentsManage, ContactReasonsManage, ContactsRead, ContactsWrite, ConversationsRead, ConversationsWrite, InboxesManage, PeopleRead, PlacesManage,
    },
};

/// Status and schema of a raw route's answer.
type RawAnswer = (u16, fn(&mut Components) -> Option<serde_json::Value>);

/// The routes.
#[rustfmt::skip]
pub fn routes() -> Vec<Route<Desk>> {
    let file: RawAnswer = (201, |components| Some(components.refer::<Attachment>()));
    let chat_file: RawAnswer = (201, |components| Some(components.refer::<webchat::ChatFile>()));
    let bytes: RawAnswer = (200, |_| None);
    vec![
        // Signing in, oneself
        post("/api/v1/sign-in", Public, people::http::sign_in, "Signs in with address and password"),
        post("/api/v1/links/inspect", Public, people::http::inspect_link, "Says what a link is for, without using it"),
        post("/api/v1/links/use", Public, people::http::use_link, "Uses an invitation, reset, sign-in or set-up link, once"),
        post("/api/v1/sign-out", Agent, people::http::sign_out, "Ends this session"),
        post("/api/v1/sign-out-everywhere", Agent, people::http::sign_out_everywhere, "Ends every session of oneself"),
        get("/api/v1/me", Agent, people::http::me, "Shows who one is and what one may do"),
        patch("/api/v1/me", Agent, people::http::change_me, "Changes oneself"),
        post("/api/v1/me/password", Agent, people::http::change_password, "Changes one's password; other sessions end"),
        get("/api/v1/me/sessions", Agent, people::http::sessions, "Lists one's sessions"),
        delete("/api/v1/me/sessions/{id}", Agent, people::http::end_session, "Ends one of one's sessions"),
        // Conversations
        get("/api/v1/views", Can(ConversationsRead), conversations::http::views, "Counts every view"),
        get("/api/v1/conversations", Can(ConversationsRead), conversations::http::conversations, "Lists the conversations of a view, newest activity first"),
        get("/api/v1/conversations/{id}", Can(ConversationsRead), conversations::http::conversation, "Shows a conversation"),
        patch("/api/v1/conversations/{id}", Can(ConversationsWrite), conversations::http::change, "Changes status, assignee, team, priority, tags ..."),
        get("/api/v1/conversations/{id}/messages", Can(ConversationsRead), conversations::http::messages, "Lists messages, newest first"),
        post("/api/v1/conversations/{id}/replies", Can(ConversationsWrite), conversations::http::reply, "Answers the customer; 409 with a colleague's newer reply"),
        post("/api/v1/conversations/{id}/notes", Can(ConversationsWrite), conversations::http::note, "Notes something for the team"),
        put("/api/v1/conversations/{id}/read", Can(ConversationsRead), conversations::http::mark_read, "Marks as read up to a message"),
        delete("/api/v1/conversations/{id}/read", Can(ConversationsRead), conversations::http::mark_unread, "Marks as unread"),
        get("/api/v1/conversations/{id}/drafts", Can(ConversationsWrite), conversations::http::drafts, "Lists one's drafts"),
        put("/api/v1/conversations/{id}/drafts/{mode}", Can(ConversationsWrite), conversations::http::keep_draft, "Keeps a draft of a reply or note"),
        delete("/api/v1/conversations/{id}/drafts/{mode}", Can(ConversationsWrite), conversations::http::discard_draft, "Throws a draft away"),
        // Canned responses
        get("/api/v1/conversations/{id}/canned-responses", Can(ConversationsWrite), canned::http::offered, "Lists what may be said here, filled in, last used first"),
        get("/api/v1/canned-responses", Can(ConversationsRead), canned::http::canned_responses, "Lists the canned responses one may use"),
        post("/api/v1/canned-responses", Can(ConversationsWrite), canned::http::add, "Adds a canned response"),
        post("/api/v1/canned-responses/import", Can(ConversationsWrite), canned::http::import, "Adds and changes what a file says; all of it or nothing"),
        raw(Method::GET, "/api/v1/canned-responses/export", Can(ConversationsRead), canned::http::export, "The canned responses one may use as a file, ?format=csv or json", bytes),
        get("/api/v1/canned-responses/{id}", Can(ConversationsRead), canned::http::canned_response, "Shows a canned response"),
        patch("/api/v1/canned-responses/{id}", Can(ConversationsWrite), canned::http::change, "Changes a canned response"),
        delete("/api/v1/canned-responses/{id}", Can(ConversationsWrite), canned::http::remove, "Removes a canned response"),
        post("/api/v1/canned-responses/{id}/uses", Can(ConversationsWrite), canned::http::used, "Counts that one used it"),
        // Macros
        get("/api/v1/conversations/{id}/macros", Can(ConversationsWrite), macros::http::offered, "Lists what may be run here, with the text it would write"),
        post("/api/v1/conversations/{id}/macros/{macro_id}", Can(ConversationsWrite), macros::http::run, "Runs a macro: all of it or nothing"),
        get("/api/v1/macros", Can(ConversationsRead), macros::http::macros, "Lists the macros one may run"),
        post("/api/v1/macros", Can(ConversationsWrite), macros::http::add, "Adds a macro"),
        get("/api/v1/macros/{id}", Can(ConversationsRead), macros::http::one, "Shows a macro"),
        patch("/api/v1/macros/{id}", Can(ConversationsWrite), macros::http::change, "Changes a macro"),
        delete("/api/v1/macros/{id}", Can(ConversationsWrite), macros::http::remove, "Removes a macro"),
        // Contact reasons
        get("/api/v1/contact-reasons", Can(ConversationsRead), reasons::http::contact_reasons, "Lists the contact reasons, archived ones as well"),
        post("/api/v1/contact-reasons", Can(ContactReasonsManage), reasons::http::add, "Adds a contact reason"),
        patch("/api/v1/contact-reasons/{id}", Can(ContactReasonsManage), reasons::http::change, "Changes or archives a contact reason"),
        delete("/api/v1/contact-reasons/{id}", Can(ContactReasonsManage), reasons::http::remove, "Removes a contact reason that was never used"),
        raw(Method::POST, "/api/v1/files", Can(ConversationsWrite), http_files::upload_by_agent, "Uploads a file (raw body, name in ?name=)", file),
        raw(Method::GET, "/api/v1/files/{id}", Can(ConversationsRead), http_files::download_by_agent, "Downloads a file", bytes),
        // Contacts
        get("/api/v1/contacts", Can(ContactsRead), people::http_contacts::contacts, "Lists contacts, last seen first"),
        post("/api/v1/contacts", Can(ContactsWrite), people::http_contacts::add_contact, "Adds a contact"),
        get("/api/v1/contacts/{id}", Can(ContactsRead), people::http_contacts::contact, "Shows a contact"),
        patch("/api/v1/contacts/{id}", Can(ContactsWrite), people::http_contacts::change_contact, "Changes a contact"),
        post("/api/v1/contacts/{id}/identities", Can(ContactsWrite), people::http_contacts::add_identity, "Gives a contact an identity"),
        delete("/api/v1/contacts/{id}/identities/{identity_id}", Can(ContactsWrite), people::http_contacts::remove_identity, "Takes an identity away"),
        get("/api/v1/contacts/{id}/notes", Can(ContactsRead), people::http_contacts::notes, "Lists the notes on a contact"),
        post("/api/v1/contacts/{id}/notes", Can(ContactsWrite), people::http_contacts::add_note, "Writes a note on a contact"),
        delete("/api/v1/contacts/{id}/notes/{note_id}", Can(ContactsWrite), people::http_contacts::remove_note, "Removes a note"),
        get("/api/v1/contacts/{id}/timeline", Can(ContactsRead), timeline::http::timeline, "Shows every moment of a contact, newest first"),
        post("/api/v1/contacts/{id}/events", Can(ContactsWrite), timeline::http::add_event, "Reports something a contact did"),
        get("/api/v1/search", Can(ConversationsRead), search::search, "Finds contacts and conversations"),
        // Administration
        get("/api/v1/agents", Can(PeopleRead), people::http::agents, "Lists agents"),
        post("/api/v1/agents", Can(AgentsManage), people::http::add_agent, "Adds an agent and makes their invitation link"),
        get("/api/v1/agents/{id}", Can(PeopleRead), people::http::agent, "Shows an agent"),
        patch("/api/v1/agents/{id}", Can(AgentsManage), people::http::change_agent, "Changes or disables an agent"),
        post("/api/v1/agents/{id}/links", Can(AgentsManage), people::http::add_link, "Makes an invitation or reset link"),
        post("/api/v1/agents/{id}/sign-out-everywhere", Can(AgentsManage), people::http::sign_agent_out, "Ends every session of an agent"),
        get("/api/v1/roles", Can(PeopleRead), people::http::roles, "Lists roles with their permissions"),
        get("/api/v1/teams", Can(PeopleRead), people::http::teams, "Lists teams"),
        post("/api/v1/teams", Can(AgentsManage), people::http::add_team, "Adds a team"),
        patch("/api/v1/teams/{id}", Can(AgentsManage), people::http::change_team, "Changes a team"),
        delete("/api/v1/teams/{id}", Can(AgentsManage), people::http::remove_team, "Removes a team"),
        get("/api/v1/brands", Can(PeopleRead), places::http::brands, "Lists brands"),
        post("/api/v1/brands", Can(PlacesManage), places::http::add_brand, "Adds a brand"),
        get("/api/v1/brands/{id}", Can(PeopleRead), places::http::brand, "Shows a brand"),
        patch("/api/v1/brands/{id}", Can(PlacesManage), places::http::change_brand, "Changes a brand"),
        get("/api/v1/locations", Can(PeopleRead), places::http::locations, "Lists locations and regions"),
        post("/api/v1/locations", Can(PlacesManage), places::http::add_location, "Adds a location or region"),
        patch("/api/v1/locations/{id}", Can(PlacesManage), places::http::change_location, "Changes a location or region"),
        delete("/api/v1/locations/{id}", Can(PlacesManage), places::http::remove_location, "Removes a location or region"),
        get("/api/v1/inboxes", Can(PeopleRead), channels::http::inboxes, "Lists inboxes"),
        post("/api/v1/inboxes", Can(InboxesManage), channels::http::add_inbox, "Adds an inbox"),
        get("/api/v1/inboxes/{id}", Can(PeopleRead), channels::http::inbox, "Shows an inbox"),
        patch("/api/v1/inboxes/{id}", Can(InboxesManage), channels::http::change_inbox, "Changes an inbox"),
        post("/api/v1/inboxes/{id}/signing-keys", Can(InboxesManage), channels::http::add_signing_key, "Makes a signing key; its secret is shown once"),
        delete("/api/v1/inboxes/{id}/signing-keys/{key_id}", Can(InboxesManage), channels::http::remove_signing_key, "Removes a signing key"),
        get("/api/v1/setup", Can(PeopleRead), guide::steps, "Shows what a new installation still needs"),
        // Chat
        get("/api/v1/chat/{inbox_key}", Public, webchat::http::config, "Tells what a widget shows before anything is said"),
        post("/api/v1/chat/{inbox_key}/sessions", Public, webchat::http::open_session, "Opens a chat session; writes nothing durable without an identity"),
        get("/api/v1/chat/session", Visitor, webchat::http::session, "Shows the session"),
        post("/api/v1/chat/identify", Visitor, webchat::http::identify, "Raises the session by a signed identity"),
        post("/api/v1/chat/logout", Visitor, webchat::http::log_out, "Ends the session"),
        get("/api/v1/chat/conversations", Visitor, webchat::http::conversations, "Lists the customer's conversations, newest message first"),
        get("/api/v1/chat/messages", Visitor, webchat::http::messages, "Reads the chat by cursor"),
        post("/api/v1/chat/messages", Visitor, webchat::http::say, "Says something; answered after it is durable"),
        post("/api/v1/chat/receipts", Visitor, webchat::http::receipt, "Tells up to where messages were shown or read"),
        patch("/api/v1/chat/contact", Visitor, webchat::http::claim, "Tells who one is; kept as claimed"),
        post("/api/v1/chat/events", Visitor, webchat::http::event, "Reports something the customer did"),
        post("/api/v1/chat/sightings", Visitor, webchat::http::sightings, "Tells on which pages the visitor was"),
        raw(Method::POST, "/api/v1/chat/files", Visitor, webchat::http::upload, "Uploads a file (raw body, name in ?name=)", chat_file),
        raw(Method::GET, "/api/v1/chat/files/{id}", Visitor, webchat::http::download, "Downloads a file", bytes),
        // Live
        post("/api/v1/live/tickets", Agent, live::add_ticket, "Makes a ticket for the console's socket; once, 30 seconds"),
        raw(Method::GET, "/api/v1/live", Public, live::live, "WebSocket; the first frame says who it is", bytes),
        raw(Method::GET, "/api/v1/live/events", Listener, live::events, "The same as server-sent events", bytes),
        // The document, and what machines ask
        raw(Method::GET, "/api/v1/openapi.json", Public, pages::document, "This document", bytes),
        raw(Method::GET, "/api/v1/reference", Public, pages::reference, "This document to browse", bytes),
        raw(Method::GET, "/api/v1/logos/{id}", Public, http_files::logo, "A brand's logo", bytes),
        raw(Method::GET, "/healthz", Public, pages::health, "Whether the process lives", bytes),
        raw(Method::GET, "/readyz", Public, pages::ready, "Whether it can do its work", bytes),
        raw(Method::GET, "/metrics", Public, pages::metrics, "Figures for Prometheus, to this machine and trusted networks", bytes),
        // The faces
        raw(Method::GET, "/", Public, pages::home, "The portal", bytes),
        raw(Method::GET, "/portal.css", Public, pages::style, "Its style", bytes),
        raw(Method::GET, "/reference.css", Public, pages::reference_style, "The style of the API reference", bytes),
        raw(Method::GET, "/console", Public, pages::console, "The console", bytes),
        raw(Method::GET, "/console/", Public, pages::console, "The console", bytes),
        raw(Method::GET, "/console/{*path}", Public, pages::console, "The console's pages and files", bytes),
        raw(Method::GET, "/widget.js", Public, pages::widget, "The widget's loader", bytes),
        raw(Method::GET, "/widget/frame", Public, pages::widget_frame, "The chat inside a shop's page", bytes),
        raw(Method::GET, "/widget/{*path}", Public, pages::widget, "The widget's files", bytes),
        raw(Method::GET, "/chat/{inbox_key}", Public, pages::chat_page, "The chat as a page of its own", bytes),
        raw(Method::GET, "/shop/{inbox_key}", Public, pages::shop, "A shop's page with the widget on it", bytes),
    ]
}
