//! What a connected client believes: a snapshot, and every frame since applied to it. A mirror that differs from a fresh snapshot
//! is a stale screen.

use std::collections::{BTreeMap, BTreeSet};

use platform::live::{Frame, Seat};
use rapport::{
    desk::Desk,
    live::{self, Listener},
};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::actors::{Agent, Visitor};

/// By where they were said and their number there: what was merged into a conversation is shown with it.
type Messages = BTreeMap<(String, i64), Value>;

/// What a console believes.
pub struct AgentMirror {
    pub(crate) agent: Agent,
    /// Every frame it got.
    pub frames: Vec<Value>,
    conversations: BTreeMap<String, (Value, Messages)>,
    came_into_sight: BTreeSet<String>,
    receiver: mpsc::Receiver<Frame>,
    _seat: Seat<Listener>,
}

impl AgentMirror {
    pub(crate) async fn connect(desk: &Desk, agent: &Agent) -> AgentMirror {
        let (seat, receiver) = live::listen(desk, &agent.token).await.unwrap();
        AgentMirror { conversations: snapshot(agent).await, agent: agent.clone(), frames: Vec::new(), came_into_sight: BTreeSet::new(), receiver, _seat: seat }
    }

    /// Applies what arrived. A conversation that came into sight is fetched, as a console does when it is opened.
    pub(crate) async fn catch_up(&mut self) {
        while let Ok(frame) = self.receiver.try_recv() {
            let frame: Value = serde_json::from_str(&frame).unwrap();
            self.apply(&frame);
            self.frames.push(frame);
        }
        for id in std::mem::take(&mut self.came_into_sight) {
            let Some((_, messages)) = self.conversations.get_mut(&id) else { continue };
            let fetched = self.agent.get(&format!("/api/v1/conversations/{id}/messages?limit=200")).await;
            // Not there: the conversation has left our sight, and the next frame says so.
            messages.clear();
            messages.extend(fetched.body["items"].as_array().into_iter().flatten().map(placed));
        }
    }

    /// Whether any frame holds this text.
    pub fn was_told(&self, text: &str) -> bool {
        self.frames.iter().any(|frame| frame.to_string().contains(text))
    }

    fn apply(&mut self, frame: &Value) {
        let id = frame["conversation_id"].as_str().unwrap_or_default().to_owned();
        match frame["type"].as_str().unwrap() {
            "conversation_removed" => drop(self.conversations.remove(&id)),
            // A part of another conversation stands in no list; what becomes known of it is shown there.
            "message_created" | "message_changed" | "conversation_changed" | "delivery_changed" | "messages_moved"
                if frame["conversation"]["merged_into"].is_string() =>
            {
                self.conversations.remove(&id);
                if frame["type"] == "message_changed" {
                    let (place, message) = placed(&frame["message"]);
                    self.conversations.values_mut().filter_map(|(_, messages)| messages.get_mut(&place)).for_each(|known| *known = message.clone());
                }
                if frame["type"] == "delivery_changed" && frame["side"] == "customer" {
                    self.conversations.values_mut().for_each(|(_, messages)| deliver(messages, &id, frame));
                }
            }
            "message_created" | "message_changed" | "conversation_changed" | "delivery_changed" | "messages_moved" => {
                if frame["type"] == "messages_moved" || !self.conversations.contains_key(&id) {
                    self.came_into_sight.insert(id.clone());
                }
                let known = self.conversations.entry(id.clone()).or_insert_with(|| (Value::Null, Messages::new()));
                // Repeats and what the snapshot already shows are known by their version.
                if known.0["version"].as_i64().is_some_and(|version| version >= frame["version"].as_i64().unwrap()) {
                    return;
                }
                known.0 = without_personal(frame["conversation"].clone());
                if let Some(message) = frame.get("message") {
                    known.1.extend([placed(message)]);
                }
                if frame["type"] == "delivery_changed" && frame["side"] == "customer" {
                    deliver(&mut known.1, &id, frame);
                }
            }
            "contact_changed" => {
                for (conversation, _) in self.conversations.values_mut().filter(|(conversation, _)| conversation["contact"]["id"] == frame["contact_id"]) {
                    for field in ["name", "language", "verification"] {
                        conversation["contact"][field] = frame["contact"][field].clone();
                    }
                }
            }
            _ => {}
        }
    }

    pub(crate) async fn assert_fresh(&self) {
        let fresh = snapshot(&self.agent).await;
        for (id, (conversation, messages)) in &fresh {
            let known = self.conversations.get(id).unwrap_or_else(|| panic!("{} was never told of {}", self.agent.name, conversation["subject"]));
            assert_eq!(&known.0, conversation, "{} believes something else of the conversation", self.agent.name);
            assert_eq!(&known.1, messages, "{} believes something else of the messages", self.agent.name);
        }
        let gone: Vec<&String> = self.conversations.keys().filter(|id| !fresh.contains_key(*id)).collect();
        assert!(gone.is_empty(), "{} still shows {gone:?}", self.agent.name);
    }
}

fn placed(message: &Value) -> ((String, i64), Value) {
    ((message["conversation_id"].as_str().unwrap().to_owned(), message["seq"].as_i64().unwrap()), message.clone())
}

fn deliver(messages: &mut Messages, conversation: &str, frame: &Value) {
    let up_to = frame["up_to_seq"].as_i64().unwrap();
    let of = (conversation.to_owned(), i64::MIN)..=(conversation.to_owned(), up_to);
    for (_, message) in messages.range_mut(of).filter(|(_, message)| message["kind"] == "reply") {
        if frame["state"] == "read" || message["delivery"] == "sent" {
            message["delivery"] = frame["state"].clone();
        }
    }
}

fn without_personal(mut conversation: Value) -> Value {
    conversation.as_object_mut().unwrap().remove("yours");
    conversation["contact"].as_object_mut().unwrap().remove("online");
    conversation
}

async fn snapshot(agent: &Agent) -> BTreeMap<String, (Value, Messages)> {
    let mut all = BTreeMap::new();
    for view in ["all", "snoozed", "resolved"] {
        let page = agent.get(&format!("/api/v1/conversations?view={view}&limit=100")).await.ok();
        for conversation in page["items"].as_array().unwrap() {
            let id = conversation["id"].as_str().unwrap();
            let messages = agent.get(&format!("/api/v1/conversations/{id}/messages?limit=200")).await.ok();
            let messages = messages["items"].as_array().unwrap().iter().map(placed).collect();
            all.insert(id.to_owned(), (without_personal(conversation.clone()), messages));
        }
    }
    all
}

/// What a list of the customer's conversations shows of one: where it stands and what was said last.
type Recent = (String, String);

/// What a chat believes.
pub struct VisitorMirror {
    visitor: Visitor,
    messages: Messages,
    recent: BTreeMap<String, Recent>,
    receiver: mpsc::Receiver<Frame>,
    _seat: Seat<Listener>,
}

impl VisitorMirror {
    pub(crate) async fn connect(desk: &Desk, visitor: &Visitor) -> VisitorMirror {
        let (seat, receiver) = live::listen(desk, &visitor.session_token).await.unwrap();
        VisitorMirror { messages: chat(visitor).await, recent: recent(visitor).await, visitor: visitor.clone(), receiver, _seat: seat }
    }

    pub(crate) async fn catch_up(&mut self) {
        let mut anew = false;
        while let Ok(frame) = self.receiver.try_recv() {
            let frame: Value = serde_json::from_str(&frame).unwrap();
            let id = frame["conversation_id"].as_str().unwrap_or_default().to_owned();
            match frame["type"].as_str().unwrap() {
                "message_created" => {
                    let message = &frame["message"];
                    let before = self.recent.get(&id).map_or("open", |(status, _)| status);
                    // Whatever the customer writes opens the conversation again.
                    let status = if message["mine"] == true { "open" } else { before }.to_owned();
                    self.recent.insert(id.clone(), (status, message["created_at"].as_str().unwrap().to_owned()));
                    self.messages.insert((id, message["seq"].as_i64().unwrap()), message.clone());
                }
                "conversation_changed" => {
                    if let Some((status, _)) = self.recent.get_mut(&id) {
                        frame["status"].as_str().unwrap().clone_into(status);
                    }
                }
                "delivery_changed" => {
                    let up_to = frame["up_to_seq"].as_i64().unwrap();
                    for ((conversation, seq), message) in &mut self.messages {
                        if *conversation == id && *seq <= up_to && message["mine"] == true {
                            message["delivery"] = "read".into();
                        }
                    }
                }
                "messages_moved" => anew = true,
                "message_changed" => {
                    let (place, message) = placed(&frame["message"]);
                    self.messages.entry(place).and_modify(|known| *known = message);
                }
                _ => {}
            }
        }
        if anew {
            (self.messages, self.recent) = (chat(&self.visitor).await, recent(&self.visitor).await);
        }
    }

    pub(crate) async fn assert_fresh(&self) {
        assert_eq!(self.messages, chat(&self.visitor).await, "the chat of {} is stale", self.visitor.visitor_id);
        assert_eq!(self.recent, recent(&self.visitor).await, "the conversations of {} are stale", self.visitor.visitor_id);
    }
}

async fn chat(visitor: &Visitor) -> Messages {
    let page = visitor.send("GET", "/api/v1/chat/messages?limit=200", &[], None).await.ok();
    page["items"].as_array().unwrap().iter().map(placed).collect()
}

async fn recent(visitor: &Visitor) -> BTreeMap<String, Recent> {
    let page = visitor.send("GET", "/api/v1/chat/conversations?limit=50", &[], None).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|item| (text(&item["id"]), (text(&item["status"]), text(&item["last"]["created_at"])))).collect()
}
