//! Every id type of the product. A row may point anywhere without importing its owner.

platform::id_type! {
    /// A brand.
    BrandId,
    /// A location or region.
    LocationId,
    /// A member of staff.
    AgentId,
    /// A team of agents.
    TeamId,
    /// A signed-in browser of an agent.
    SessionId,
    /// An API token.
    ApiTokenId,
    /// A customer.
    ContactId,
    /// A way a contact is known by.
    IdentityId,
    /// Where customers work.
    CompanyId,
    /// Two contacts that were made one.
    MergeId,
    /// Something known of a contact.
    FactId,
    /// A note on a contact.
    NoteId,
    /// Contacts from a file.
    ImportId,
    /// A configured channel.
    InboxId,
    /// A key with which a shop signs its customers' identities.
    SigningKeyId,
    /// A conversation.
    ConversationId,
    /// A message of a conversation.
    MessageId,
    /// What one conversation has to do with another.
    LinkId,
    /// A reply that waits for its time.
    ScheduledReplyId,
    /// An uploaded file.
    FileId,
    /// A visitor's browser session in a chat.
    VisitorId,
    /// An answer that is written once and used often.
    CannedResponseId,
    /// What is done again and again, as one step.
    MacroId,
    /// What is done by itself when something happens.
    RuleId,
    /// What a rule did once.
    RunId,
    /// What a customer came for.
    ContactReasonId,
    /// An administrative act.
    AuditEntryId,
    /// A list that somebody works through.
    SavedViewId,
    /// What is promised on time.
    SlaPolicyId,
    /// Something the company keeps of contacts or conversations.
    AttributeId,
    /// An entry of a contact's timeline.
    EntryId,
}
