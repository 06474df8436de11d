//! Two brands with everything in them, and everybody who looks at one of them.

use std::collections::{BTreeMap, BTreeSet};

use rapport::{
    channels::Inbox,
    ids::BrandId,
    people::{self, GrantSpec, LinkKind},
    viewer::{Permission, Role, RoleKey},
};
use serde_json::{Value, json};
use testkit::{Agent, Answer, TestDesk, Visitor};

use crate::engines::dump;

/// In every word of the other brand.
pub(super) const OTHER: &str = "noordcanary";
/// An id that nothing has.
pub(super) const NOBODY: &str = "01900000-0000-7000-8000-000000000000";

/// Words of one's own brand, and the permissions one of which reads them.
pub(super) const READ_BY: &[(&str, &[Permission])] = {
    use Permission::{AgentsManage, ContactsRead, ConversationsRead, InboxesManage, PeopleRead, PlacesManage};
    &[
        ("zoncanary-message", &[ConversationsRead]),
        ("zoncanary-note", &[ConversationsRead]),
        ("zoncanary-tag", &[ConversationsRead]),
        ("zoncanary-file", &[ConversationsRead]),
        // A conversation shows whose it is.
        ("zoncanary-contact", &[ContactsRead, ConversationsRead]),
        ("zoncanary-identity", &[ContactsRead]),
        ("zoncanary-remark", &[ContactsRead]),
        ("zoncanary-value", &[ContactsRead]),
        ("zoncanary-company", &[ContactsRead]),
        ("zoncanary-aside", &[ConversationsRead]),
        ("zoncanary-event", &[ContactsRead]),
        ("zoncanary-brand", &[PeopleRead, PlacesManage]),
        ("zoncanary-location", &[PeopleRead, PlacesManage]),
        ("zoncanary-inbox", &[PeopleRead, InboxesManage]),
        ("zoncanary-address", &[AgentsManage]),
        ("zoncanary-rule", &[Permission::AutomationManage]),
        ("companycanary-colleague", &[PeopleRead, AgentsManage]),
        // What a conversation may be given to is looked up by whoever keeps it.
        ("companycanary-team", &[PeopleRead, Permission::TeamsManage]),
    ]
};

/// What a customer sees of their own.
pub(super) const SHOWN_TO_VISITORS: &[&str] = &["zoncanary-message", "zoncanary-contact", "zoncanary-identity", "zoncanary-brand", "zoncanary-inbox"];

/// What an id may name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Thing {
    Conversation,
    Contact,
    Identity,
    Remark,
    File,
    ChatFile,
    Brand,
    Location,
    Inbox,
    InboxKey,
    SigningKey,
    Agent,
    Team,
    Role,
    Token,
    Session,
    CannedResponse,
    Macro,
    Rule,
    ContactReason,
    SavedView,
    SlaPolicy,
    Attribute,
    Merge,
    Twin,
    Company,
    Fact,
    Link,
    Message,
    Scheduled,
    Import,
}

impl Thing {
    /// Of no brand: known to everybody who sees colleagues.
    pub(super) fn is_of_the_company(self) -> bool {
        matches!(self, Thing::Agent | Thing::Team | Thing::Role | Thing::Attribute)
    }
}

/// Somebody who looks at one brand.
pub(super) struct Who {
    pub(super) name: String,
    pub(super) is_agent: bool,
    pub(super) is_visitor: bool,
    pub(super) permissions: Vec<Permission>,
    pub(super) token: String,
    sender: Sender,
}

enum Sender {
    Agent(Agent),
    Visitor(Visitor),
    /// Sends what a visitor would, with no session.
    Nobody(Visitor),
}

impl Who {
    pub(super) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        match &self.sender {
            Sender::Agent(agent) => agent.send(method, path, &[], body).await,
            Sender::Visitor(visitor) | Sender::Nobody(visitor) => visitor.send(method, path, &[], body).await,
        }
    }

    pub(super) fn administrator(agent: &Agent) -> Who {
        Who::agent(agent.clone(), Permission::ALL.to_vec())
    }

    fn agent(agent: Agent, permissions: Vec<Permission>) -> Who {
        Who { name: agent.name.clone(), is_agent: true, is_visitor: false, permissions, token: agent.token.clone(), sender: Sender::Agent(agent) }
    }
}

/// Both brands.
pub(super) struct World {
    pub(super) desk: TestDesk,
    pub(super) boss: Agent,
    pub(super) everybody: Vec<Who>,
    pub(super) visitors: [Visitor; 2],
    things: [BTreeMap<Thing, String>; 2],
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn defined(of: &str, key: &str) -> Value {
    json!({"of": of, "key": key, "names": {"en": key}, "kind": "text"})
}

/// Everything a brand has, each with a word of its own.
async fn furnish(desk: &TestDesk, boss: &Agent, inbox: &Inbox, word: &str) -> (BTreeMap<Thing, String>, Visitor) {
    let mut things = BTreeMap::from([(Thing::Brand, inbox.brand_id.to_string()), (Thing::Inbox, inbox.id.to_string()), (Thing::InboxKey, inbox.key.clone())]);
    boss.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"name": format!("{word}-brand")})).await.ok();
    boss.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"name": format!("{word}-inbox")})).await.ok();
    let place = json!({"kind": "location", "name": format!("{word}-location"), "brand_id": inbox.brand_id});
    things.insert(Thing::Location, id(&boss.post("/api/v1/locations", place).await.ok()));
    things.insert(Thing::SigningKey, id(&boss.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok()));
    let visitor = desk.visitor(inbox).await;
    let conversation = visitor.writes(&format!("{word}-message")).await;
    visitor
        .send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": format!("{word}-contact"), "email": format!("{word}-identity@example.com")})))
        .await
        .ok();
    let contact = id(&boss.sees(&conversation).await["contact"]);
    let shown = boss.get(&format!("/api/v1/contacts/{contact}")).await.ok();
    let email = shown["identities"].as_array().unwrap().iter().find(|identity| identity["kind"] == "email").unwrap();
    things.insert(Thing::Identity, id(email));
    let remark = boss.post(&format!("/api/v1/contacts/{contact}/notes"), json!({"text": format!("{word}-remark")})).await.ok();
    things.insert(Thing::Remark, id(&remark));
    boss.post(&format!("/api/v1/contacts/{contact}/events"), json!({"name": "order", "properties": {"what": format!("{word}-event")}})).await.ok();
    let named = async |name: &str| id(&boss.post("/api/v1/contacts", json!({"name": name})).await.ok());
    let spare = named("Spare").await;
    things.insert(Thing::Merge, id(&boss.post(&format!("/api/v1/contacts/{contact}/merges"), json!({"from_id": spare})).await.ok()));
    let company = id(&boss.post("/api/v1/companies", json!({"name": format!("{word}-company"), "note": format!("{word}-remark")})).await.ok());
    boss.post(&format!("/api/v1/companies/{company}/contacts"), json!({"contact_ids": [contact]})).await.ok();
    things.insert(Thing::Company, company);
    let fact = json!({"kind": "need", "text": format!("{word}-remark"), "source": format!("{word}-remark")});
    things.insert(Thing::Fact, id(&boss.post(&format!("/api/v1/contacts/{contact}/facts"), fact).await.ok()));
    things.insert(Thing::Twin, named("Twin").await);
    let file = id(&boss.uploads(&format!("{word}-file.txt"), "a file").await.ok());
    let earlier = desk.visitor(inbox).await.writes(&format!("{word}-message")).await;
    boss.changes(&earlier, json!({"status": "resolved"})).await;
    let linked = boss.post(&format!("/api/v1/conversations/{conversation}/links"), json!({"kind": "related", "to_id": earlier})).await.ok();
    things.insert(Thing::Link, id(&linked));
    let noted = json!({"text": format!("{word}-note"), "attachment_ids": [file]});
    boss.post(&format!("/api/v1/conversations/{conversation}/notes"), noted).await.ok();
    let own_file = id(&boss.uploads(&format!("{word}-shown.txt"), "another").await.ok());
    let replied = json!({"text": format!("{word}-reply"), "attachment_ids": [own_file]});
    things.insert(Thing::Message, id(&boss.post(&format!("/api/v1/conversations/{conversation}/replies"), replied).await.ok()));
    boss.changes(&conversation, json!({"tags": [format!("{word}-tag")], "attributes": {"aside": format!("{word}-aside")}})).await;
    boss.patch(&format!("/api/v1/contacts/{contact}"), json!({"attributes": {"value": format!("{word}-value")}})).await.ok();
    let grant = GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Agent) };
    let colleague = desk.agent_with(&format!("{word}-address"), vec![grant]).await;
    boss.patch(&format!("/api/v1/agents/{}", colleague.id), json!({"name": "companycanary-colleague"})).await.ok();
    things.extend([(Thing::Conversation, conversation), (Thing::Contact, contact), (Thing::File, file), (Thing::ChatFile, own_file)]);
    things.insert(Thing::Agent, colleague.id.to_string());
    let token = colleague.post("/api/v1/me/tokens", json!({"name": format!("{word}-token"), "scope": "*"})).await.ok();
    things.extend([(Thing::Token, id(&token["token"])), (Thing::Session, session_of(desk, &colleague).await)]);
    let at = desk.clock.now().plus(std::time::Duration::from_secs(3600));
    let later = json!({"text": format!("{word}-message later"), "send_at": at});
    let waits = boss.post(&format!("/api/v1/conversations/{}/scheduled-replies", things[&Thing::Conversation]), later).await.ok();
    things.insert(Thing::Scheduled, id(&waits));
    let table = format!("name\n{word}-contact\n");
    things.insert(Thing::Import, id(&boss.uploads_to("/api/v1/contact-imports?name=people.csv", table.as_bytes()).await.ok()));
    let shared = json!({"with": "brand", "brand_id": inbox.brand_id});
    let canned = json!({"name": format!("{word}-canned"), "shortcut": word, "texts": {"en": format!("{word}-text")}, "sharing": shared});
    things.insert(Thing::CannedResponse, id(&boss.post("/api/v1/canned-responses", canned).await.ok()));
    let named = json!({"name": format!("{word}-macro"), "actions": [{"type": "set_priority", "priority": "high"}], "sharing": shared});
    things.insert(Thing::Macro, id(&boss.post("/api/v1/macros", named).await.ok()));
    let ruled = json!({"name": format!("{word}-rule"), "trigger": {"on": "deadline_missed"}, "condition": {"all": []}, "stops": true, "sharing": shared});
    things.insert(Thing::Rule, id(&boss.post("/api/v1/automation/rules", ruled).await.ok()));
    let viewed = json!({"name": format!("{word}-view"), "condition": {"field": "priority", "op": "is", "value": "high"}, "sharing": shared});
    things.insert(Thing::SavedView, id(&boss.post("/api/v1/saved-views", viewed).await.ok()));
    let reason = json!({"names": {"en": format!("{word}-reason")}, "brand_id": inbox.brand_id});
    things.insert(Thing::ContactReason, id(&boss.post("/api/v1/contact-reasons", reason).await.ok()));
    let targets = json!({"resolution": {"minutes": 60, "business_time": false}});
    let policy = json!({"name": format!("{word}-policy"), "brand_id": inbox.brand_id, "targets": targets});
    things.insert(Thing::SlaPolicy, id(&boss.post("/api/v1/sla-policies", policy).await.ok()));
    (things, visitor)
}

/// The cookie of a signed-in browser of an agent.
pub(super) async fn cookie_of(desk: &TestDesk, agent: &Agent) -> String {
    let owner = agent.id;
    let link = desk.desk.store.write(move |tx| people::make_link(tx, LinkKind::SignIn, owner)).await.unwrap();
    let used = desk.send("POST", "/api/v1/links/use", &[], Some(json!({"token": link.token}))).await;
    used.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// One of an agent's sessions.
async fn session_of(desk: &TestDesk, agent: &Agent) -> String {
    let cookie = cookie_of(desk, agent).await;
    let sessions = desk.send("GET", "/api/v1/me/sessions", &[("cookie", &cookie)], None).await.ok();
    id(&sessions["items"][0])
}

async fn everybody(desk: &TestDesk, boss: &Agent, brand: BrandId, visitor: &Visitor) -> Vec<Who> {
    let over = |role: RoleKey| vec![GrantSpec { brand_id: Some(brand), ..GrantSpec::everywhere(role) }];
    let mut all = Vec::new();
    for role in Role::ALL {
        let agent = desk.agent_with(role.word(), over((*role).into())).await;
        all.push(Who::agent(agent, role.permissions().iter().collect()));
    }
    for permission in Permission::ALL {
        let name = format!("only.{}", permission.word());
        let role = boss.post("/api/v1/roles", json!({"name": name, "permissions": [permission]})).await.ok();
        let agent = desk.agent_with(&name, over(RoleKey(id(&role)))).await;
        all.push(Who::agent(agent, vec![*permission]));
    }
    let stranger = visitor.with(&json!({"session_token": "", "visitor_id": NOBODY}));
    let who = |name: &str, is_visitor, sender: Sender, token: &str| Who {
        name: name.into(),
        is_agent: false,
        is_visitor,
        permissions: Vec::new(),
        token: token.into(),
        sender,
    };
    all.push(who("visitor", true, Sender::Visitor(visitor.clone()), &visitor.session_token));
    all.push(who("nobody", false, Sender::Nobody(stranger), ""));
    all
}

impl World {
    pub(super) async fn build() -> World {
        let desk = TestDesk::open().await;
        let (inbox, other) = (desk.inbox().await, desk.second_brand().await);
        let boss = desk.agent("Boss", Role::Administrator).await;
        boss.post("/api/v1/attributes", defined("contact", "value")).await.ok();
        boss.post("/api/v1/attributes", defined("conversation", "aside")).await.ok();
        let (mut own, anna) = furnish(&desk, &boss, &inbox, "zoncanary").await;
        let (mut foreign, bilal) = furnish(&desk, &boss, &other, OTHER).await;
        let team = id(&boss.post("/api/v1/teams", json!({"name": "companycanary-team"})).await.ok());
        let attribute = id(&boss.post("/api/v1/attributes", defined("contact", "spare")).await.ok());
        let role = id(&boss.post("/api/v1/roles", json!({"name": "Nobody's", "permissions": []})).await.ok());
        for things in [&mut own, &mut foreign] {
            things.extend([(Thing::Team, team.clone()), (Thing::Role, role.clone()), (Thing::Attribute, attribute.clone())]);
        }
        let everybody = everybody(&desk, &boss, inbox.brand_id, &anna).await;
        World { desk, boss, everybody, visitors: [anna, bilal], things: [own, foreign] }
    }

    pub(super) async fn settle(&mut self) {
        // Whoever comes in is noted, once, and not as an effect of what was refused.
        for who in &self.everybody {
            who.send("GET", "/api/v1/me", None).await;
        }
        self.desk.settle().await;
        self.desk.desk.store.write_in_background(|_| Ok::<_, platform::store::Error>(())).await.unwrap();
    }

    pub(super) fn own(&self, thing: Thing) -> String {
        self.things[0][&thing].clone()
    }

    pub(super) fn foreign(&self, thing: Thing) -> String {
        self.things[1][&thing].clone()
    }

    /// Every row of every table, but for when somebody was last there.
    pub(super) async fn rows(&self) -> BTreeMap<&'static str, BTreeSet<String>> {
        let mut rows = dump(&self.desk.desk.store).await;
        rows.remove("api_token");
        rows
    }

    /// The rows that hold a word of the other brand.
    pub(super) async fn rows_of_the_other(&self) -> BTreeSet<String> {
        self.rows().await.into_values().flatten().filter(|row| row.contains(OTHER)).collect()
    }
}
