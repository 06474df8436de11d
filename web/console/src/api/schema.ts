// Made from docs/api/openapi.json by scripts/api.mjs. Do not change it by hand.

export interface paths {
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in with address and password
         * @description For everybody.
         */
        post: operations["post_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/inspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what a link is for, without using it
         * @description For everybody.
         */
        post: operations["post_links_inspect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uses an invitation, reset, sign-in or set-up link, once
         * @description For everybody.
         */
        post: operations["post_links_use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends this session
         * @description For any agent.
         */
        post: operations["post_sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends every session of oneself
         * @description For any agent.
         */
        post: operations["post_sign_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows who one is and what one may do
         * @description For any agent.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes oneself
         * @description For any agent.
         */
        patch: operations["patch_me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes one's password; other sessions end
         * @description For any agent.
         */
        post: operations["post_me_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists one's sessions
         * @description For any agent.
         */
        get: operations["get_me_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends one of one's sessions
         * @description For any agent.
         */
        delete: operations["delete_me_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows whether one has a second factor
         * @description For any agent.
         */
        get: operations["get_me_second_factor"];
        put?: never;
        /**
         * Begins to set up an authenticator app; its secret is shown once
         * @description For any agent.
         */
        post: operations["post_me_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switches it on by a first code; recovery codes are shown once
         * @description For any agent.
         */
        post: operations["post_me_second_factor_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes new recovery codes; earlier ones end
         * @description For any agent.
         */
        post: operations["post_me_second_factor_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switches one's second factor off
         * @description For any agent.
         */
        post: operations["post_me_second_factor_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists one's API tokens
         * @description For any agent.
         */
        get: operations["get_me_tokens"];
        put?: never;
        /**
         * Makes an API token; its secret is shown once
         * @description For any agent.
         */
        post: operations["post_me_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes one of one's API tokens
         * @description For any agent.
         */
        delete: operations["delete_me_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts every view
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_views"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the conversations of a view, newest activity first
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a conversation
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes status, assignee, team, priority, tags ...
         * @description For agents with the permission conversations.write or conversations.assign.
         */
        patch: operations["patch_conversations_id"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists messages, newest first
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers the customer; 409 with a colleague's newer reply
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_replies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes something for the team
         * @description For agents with the permission conversations.note.
         */
        post: operations["post_conversations_id_notes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a conversation to somebody else, with the reason as a note
         * @description For agents with the permission conversations.assign.
         */
        post: operations["post_conversations_id_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who takes part
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_participants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/participants/{agent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Follows it, or adds a colleague
         * @description For agents with the permission conversations.read.
         */
        put: operations["put_conversations_id_participants_agent_id"];
        post?: never;
        /**
         * Takes part no more
         * @description For agents with the permission conversations.read.
         */
        delete: operations["delete_conversations_id_participants_agent_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Marks as read up to a message
         * @description For agents with the permission conversations.read.
         */
        put: operations["put_conversations_id_read"];
        post?: never;
        /**
         * Marks as unread
         * @description For agents with the permission conversations.read.
         */
        delete: operations["delete_conversations_id_read"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists one's drafts
         * @description For agents with the permission conversations.write or conversations.note.
         */
        get: operations["get_conversations_id_drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/drafts/{mode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keeps a draft of a reply or note
         * @description For agents with the permission conversations.write or conversations.note.
         */
        put: operations["put_conversations_id_drafts_mode"];
        post?: never;
        /**
         * Throws a draft away
         * @description For agents with the permission conversations.write or conversations.note.
         */
        delete: operations["delete_conversations_id_drafts_mode"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merges a conversation into another of the same customer and brand
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what was merged into a conversation, and what taking it apart would do
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_parts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes what was merged a conversation of its own again
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_unmerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes some messages a conversation of their own
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a conversation has to do with others
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_links"];
        put?: never;
        /**
         * Links a conversation to another
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a link
         * @description For agents with the permission conversations.write.
         */
        delete: operations["delete_conversations_id_links_link_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edits one's own reply or note
         * @description For agents with the permission conversations.write or conversations.note.
         */
        patch: operations["patch_conversations_id_messages_message_id"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{message_id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a message said before it was edited
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_messages_message_id_edits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{message_id}/redact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes text and files of a message for good
         * @description For agents with the permission conversations.redact.
         */
        post: operations["post_conversations_id_messages_message_id_redact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/scheduled-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the replies that wait for their time
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_scheduled_replies"];
        put?: never;
        /**
         * Keeps a reply for later; it is taken back when the customer writes first
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_scheduled_replies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/scheduled-replies/{scheduled_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a reply back; it becomes a draft of its author again
         * @description For agents with the permission conversations.write.
         */
        delete: operations["delete_conversations_id_scheduled_replies_scheduled_id"];
        options?: never;
        head?: never;
        /**
         * Changes text or time of one's own
         * @description For agents with the permission conversations.write.
         */
        patch: operations["patch_conversations_id_scheduled_replies_scheduled_id"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/canned-responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what may be said here, filled in, last used first
         * @description For agents with the permission conversations.write.
         */
        get: operations["get_conversations_id_canned_responses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned-responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the canned responses one may use
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_canned_responses"];
        put?: never;
        /**
         * Adds a canned response
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_canned_responses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned-responses/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds and changes what a file says; all of it or nothing
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_canned_responses_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned-responses/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The canned responses one may use as a file, ?format=csv or json
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_canned_responses_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned-responses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a canned response
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_canned_responses_id"];
        put?: never;
        post?: never;
        /**
         * Removes a canned response
         * @description For agents with the permission conversations.write.
         */
        delete: operations["delete_canned_responses_id"];
        options?: never;
        head?: never;
        /**
         * Changes a canned response
         * @description For agents with the permission conversations.write.
         */
        patch: operations["patch_canned_responses_id"];
        trace?: never;
    };
    "/api/v1/canned-responses/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Counts that one used it
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_canned_responses_id_uses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what may be run here, with the text it would write
         * @description For agents with the permission conversations.write.
         */
        get: operations["get_conversations_id_macros"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/macros/{macro_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a macro: all of it or nothing
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_conversations_id_macros_macro_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the macros one may run
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_macros"];
        put?: never;
        /**
         * Adds a macro
         * @description For agents with the permission conversations.write.
         */
        post: operations["post_macros"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/macros/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a macro
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_macros_id"];
        put?: never;
        post?: never;
        /**
         * Removes a macro
         * @description For agents with the permission conversations.write.
         */
        delete: operations["delete_macros_id"];
        options?: never;
        head?: never;
        /**
         * Changes a macro
         * @description For agents with the permission conversations.write.
         */
        patch: operations["patch_macros_id"];
        trace?: never;
    };
    "/api/v1/conversation-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a condition may ask of conversations
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversation_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the saved views one may use, with their counts
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_saved_views"];
        put?: never;
        /**
         * Saves a view
         * @description For agents with the permission conversations.read.
         */
        post: operations["post_saved_views"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a saved view
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_saved_views_id"];
        put?: never;
        post?: never;
        /**
         * Removes a saved view; the conversations stay
         * @description For agents with the permission conversations.read.
         */
        delete: operations["delete_saved_views_id"];
        options?: never;
        head?: never;
        /**
         * Changes a saved view
         * @description For agents with the permission conversations.read.
         */
        patch: operations["patch_saved_views_id"];
        trace?: never;
    };
    "/api/v1/automation/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a condition of a rule may ask
         * @description For agents with the permission automation.manage.
         */
        get: operations["get_automation_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/automation/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the rules in their order
         * @description For agents with the permission automation.manage.
         */
        get: operations["get_automation_rules"];
        put?: never;
        /**
         * Adds a rule, at the end of the order
         * @description For agents with the permission automation.manage.
         */
        post: operations["post_automation_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/automation/rules/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells what a rule would have done lately; keeps and changes nothing
         * @description For agents with the permission automation.manage.
         */
        post: operations["post_automation_rules_dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/automation/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a rule
         * @description For agents with the permission automation.manage.
         */
        get: operations["get_automation_rules_id"];
        put?: never;
        post?: never;
        /**
         * Removes a rule; what it did stays
         * @description For agents with the permission automation.manage.
         */
        delete: operations["delete_automation_rules_id"];
        options?: never;
        head?: never;
        /**
         * Changes a rule, or switches it on or off
         * @description For agents with the permission automation.manage.
         */
        patch: operations["patch_automation_rules_id"];
        trace?: never;
    };
    "/api/v1/automation/rules/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Moves a rule in the order
         * @description For agents with the permission automation.manage.
         */
        put: operations["put_automation_rules_id_place"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/automation/rules/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a rule did and why, newest first
         * @description For agents with the permission automation.manage.
         */
        get: operations["get_automation_rules_id_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/rule-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what rules did in a conversation and why, newest first
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_conversations_id_rule_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the contact reasons, archived ones as well
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_contact_reasons"];
        put?: never;
        /**
         * Adds a contact reason
         * @description For agents with the permission contact_reasons.manage.
         */
        post: operations["post_contact_reasons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-reasons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a contact reason that was never used
         * @description For agents with the permission contact_reasons.manage.
         */
        delete: operations["delete_contact_reasons_id"];
        options?: never;
        head?: never;
        /**
         * Changes or archives a contact reason
         * @description For agents with the permission contact_reasons.manage.
         */
        patch: operations["patch_contact_reasons_id"];
        trace?: never;
    };
    "/api/v1/sla-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the SLA policies in their order; the first that fits holds
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_sla_policies"];
        put?: never;
        /**
         * Adds an SLA policy
         * @description For agents with the permission sla_policies.manage.
         */
        post: operations["post_sla_policies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sla-policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes an SLA policy
         * @description For agents with the permission sla_policies.manage.
         */
        delete: operations["delete_sla_policies_id"];
        options?: never;
        head?: never;
        /**
         * Changes an SLA policy
         * @description For agents with the permission sla_policies.manage.
         */
        patch: operations["patch_sla_policies_id"];
        trace?: never;
    };
    "/api/v1/attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the attributes of contacts and conversations, archived ones as well
         * @description For agents with the permission contacts.read or conversations.read or attributes.manage.
         */
        get: operations["get_attributes"];
        put?: never;
        /**
         * Adds an attribute
         * @description For agents with the permission attributes.manage.
         */
        post: operations["post_attributes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attributes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes an attribute that nothing has a value of
         * @description For agents with the permission attributes.manage.
         */
        delete: operations["delete_attributes_id"];
        options?: never;
        head?: never;
        /**
         * Changes or archives an attribute
         * @description For agents with the permission attributes.manage.
         */
        patch: operations["patch_attributes_id"];
        trace?: never;
    };
    "/api/v1/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how work is given out, what is queued and who has how much
         * @description For agents with the permission teams.manage.
         */
        get: operations["get_assignment"];
        /**
         * Changes capacity, weights and absence for the whole company
         * @description For agents with the permission teams.manage.
         */
        put: operations["put_assignment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes how a team's work is given out
         * @description For agents with the permission teams.manage.
         */
        put: operations["put_teams_id_assignment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes capacity, skills, languages and absence of an agent
         * @description For agents with the permission agents.manage.
         */
        put: operations["put_agents_id_assignment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a file (raw body, name in ?name=)
         * @description For agents with the permission conversations.write or conversations.note.
         */
        post: operations["post_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Downloads a file
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_files_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists contacts, last seen first
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts"];
        put?: never;
        /**
         * Adds a contact
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a contact
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a contact
         * @description For agents with the permission contacts.write.
         */
        patch: operations["patch_contacts_id"];
        trace?: never;
    };
    "/api/v1/contacts/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a contact an identity
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts_id_identities"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/identities/{identity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an identity away
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_contacts_id_identities_identity_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the notes on a contact
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_notes"];
        put?: never;
        /**
         * Writes a note on a contact
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts_id_notes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a note
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_contacts_id_notes_note_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists companies by name
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_companies"];
        put?: never;
        /**
         * Adds a company
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_companies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a company
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_companies_id"];
        put?: never;
        post?: never;
        /**
         * Removes a company; its contacts stay
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_companies_id"];
        options?: never;
        head?: never;
        /**
         * Changes a company
         * @description For agents with the permission contacts.write.
         */
        patch: operations["patch_companies_id"];
        trace?: never;
    };
    "/api/v1/companies/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the contacts of a company, last seen first
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_companies_id_contacts"];
        put?: never;
        /**
         * Adds contacts to a company; those of another leave it
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_companies_id_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists contacts with an address of the company, who belong to none
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_companies_id_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/company-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the company at whose domain a contact has an address
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_company_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts one may see as a table (CSV)
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists imports of contacts, the newest first
         * @description For agents with the permission contacts.import.
         */
        get: operations["get_contact_imports"];
        put?: never;
        /**
         * Uploads a file of contacts (CSV), which is looked at; nothing is imported yet
         * @description For agents with the permission contacts.import.
         */
        post: operations["post_contact_imports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an import and how far it is
         * @description For agents with the permission contacts.import.
         */
        get: operations["get_contact_imports_id"];
        put?: never;
        post?: never;
        /**
         * Removes an import that was not started
         * @description For agents with the permission contacts.import.
         */
        delete: operations["delete_contact_imports_id"];
        options?: never;
        head?: never;
        /**
         * Says how the file is read and what its columns mean
         * @description For agents with the permission contacts.import.
         */
        patch: operations["patch_contact_imports_id"];
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what the first rows would do
         * @description For agents with the permission contacts.import.
         */
        get: operations["get_contact_imports_id_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts an import
         * @description For agents with the permission contacts.import.
         */
        post: operations["post_contact_imports_id_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops an import; what was written stays
         * @description For agents with the permission contacts.import.
         */
        post: operations["post_contact_imports_id_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an import back, as far as nothing else has come of it
         * @description For agents with the permission contacts.import.
         */
        post: operations["post_contact_imports_id_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/kept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what an undo had to keep, with the reason
         * @description For agents with the permission contacts.import.
         */
        get: operations["get_contact_imports_id_kept"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{id}/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The refused rows as a table (CSV), with what is wrong as the last column
         * @description For agents with the permission contacts.import.
         */
        get: operations["get_contact_imports_id_refused"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists pairs of contacts who might be one, with what speaks for it
         * @description For agents with the permission contacts.write.
         */
        get: operations["get_contacts_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists those who might be the same as a contact
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/distinct/{other_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says that two are not the same
         * @description For agents with the permission contacts.write.
         */
        put: operations["put_contacts_id_distinct_other_id"];
        post?: never;
        /**
         * Takes back that two are not the same
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_contacts_id_distinct_other_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/merge-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what a merge would do
         * @description For agents with the permission contacts.write.
         */
        get: operations["get_contacts_id_merge_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the merges of a contact, newest first
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_merges"];
        put?: never;
        /**
         * Makes another contact a part of this one
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts_id_merges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/merges/{merge_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what taking a merge back would do
         * @description For agents with the permission contacts.write.
         */
        get: operations["get_contacts_id_merges_merge_id"];
        put?: never;
        post?: never;
        /**
         * Takes a merge back
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_contacts_id_merges_merge_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a contact needs, wants and prefers, newest first
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_facts"];
        put?: never;
        /**
         * Writes a fact about a contact down
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts_id_facts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/facts/{fact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a fact
         * @description For agents with the permission contacts.write.
         */
        delete: operations["delete_contacts_id_facts_fact_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows every moment of a contact, newest first
         * @description For agents with the permission contacts.read.
         */
        get: operations["get_contacts_id_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reports something a contact did
         * @description For agents with the permission contacts.write.
         */
        post: operations["post_contacts_id_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds contacts, conversations, tags and messages
         * @description For agents with the permission conversations.read.
         */
        get: operations["get_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists agents
         * @description For agents with the permission people.read.
         */
        get: operations["get_agents"];
        put?: never;
        /**
         * Adds an agent and makes their invitation link
         * @description For agents with the permission agents.manage.
         */
        post: operations["post_agents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an agent
         * @description For agents with the permission people.read.
         */
        get: operations["get_agents_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes or disables an agent
         * @description For agents with the permission agents.manage.
         */
        patch: operations["patch_agents_id"];
        trace?: never;
    };
    "/api/v1/agents/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an invitation or reset link
         * @description For agents with the permission agents.manage.
         */
        post: operations["post_agents_id_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends every session of an agent
         * @description For agents with the permission agents.manage.
         */
        post: operations["post_agents_id_sign_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes the second factor of an agent who has lost it
         * @description For agents with the permission agents.manage.
         */
        delete: operations["delete_agents_id_second_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what is demanded of whoever signs in
         * @description For agents with the permission agents.manage.
         */
        get: operations["get_sign_in_policy"];
        /**
         * Changes what is demanded of whoever signs in
         * @description For agents with the permission agents.manage.
         */
        put: operations["put_sign_in_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists roles with their permissions and who has them
         * @description For agents with the permission people.read.
         */
        get: operations["get_roles"];
        put?: never;
        /**
         * Makes a role of the company's own
         * @description For agents with the permission roles.manage.
         */
        post: operations["post_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a role of the company's own that nobody has
         * @description For agents with the permission roles.manage.
         */
        delete: operations["delete_roles_id"];
        options?: never;
        head?: never;
        /**
         * Changes a role and the rights of all who have it
         * @description For agents with the permission roles.manage.
         */
        patch: operations["patch_roles_id"];
        trace?: never;
    };
    "/api/v1/audit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists administrative acts, newest first
         * @description For agents with the permission audit.read.
         */
        get: operations["get_audit_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists everybody's API tokens
         * @description For agents with the permission tokens.manage.
         */
        get: operations["get_tokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes an API token of anybody
         * @description For agents with the permission tokens.manage.
         */
        delete: operations["delete_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists teams
         * @description For agents with the permission people.read.
         */
        get: operations["get_teams"];
        put?: never;
        /**
         * Adds a team
         * @description For agents with the permission teams.manage.
         */
        post: operations["post_teams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a team
         * @description For agents with the permission teams.manage.
         */
        delete: operations["delete_teams_id"];
        options?: never;
        head?: never;
        /**
         * Changes a team
         * @description For agents with the permission teams.manage.
         */
        patch: operations["patch_teams_id"];
        trace?: never;
    };
    "/api/v1/brands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists brands
         * @description For agents with the permission people.read.
         */
        get: operations["get_brands"];
        put?: never;
        /**
         * Adds a brand
         * @description For agents with the permission places.manage.
         */
        post: operations["post_brands"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/brands/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a brand
         * @description For agents with the permission people.read.
         */
        get: operations["get_brands_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a brand
         * @description For agents with the permission places.manage.
         */
        patch: operations["patch_brands_id"];
        trace?: never;
    };
    "/api/v1/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists locations and regions
         * @description For agents with the permission people.read.
         */
        get: operations["get_locations"];
        put?: never;
        /**
         * Adds a location or region
         * @description For agents with the permission places.manage.
         */
        post: operations["post_locations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a location or region
         * @description For agents with the permission places.manage.
         */
        delete: operations["delete_locations_id"];
        options?: never;
        head?: never;
        /**
         * Changes a location or region
         * @description For agents with the permission places.manage.
         */
        patch: operations["patch_locations_id"];
        trace?: never;
    };
    "/api/v1/special-days/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads the holidays of a calendar (iCalendar); keeps nothing
         * @description For agents with the permission places.manage or teams.manage.
         */
        post: operations["post_special_days_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists inboxes
         * @description For agents with the permission people.read.
         */
        get: operations["get_inboxes"];
        put?: never;
        /**
         * Adds an inbox
         * @description For agents with the permission inboxes.manage.
         */
        post: operations["post_inboxes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an inbox
         * @description For agents with the permission people.read.
         */
        get: operations["get_inboxes_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes an inbox
         * @description For agents with the permission inboxes.manage.
         */
        patch: operations["patch_inboxes_id"];
        trace?: never;
    };
    "/api/v1/inboxes/{id}/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a signing key; its secret is shown once
         * @description For agents with the permission inboxes.manage.
         */
        post: operations["post_inboxes_id_signing_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{id}/signing-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a signing key
         * @description For agents with the permission inboxes.manage.
         */
        delete: operations["delete_inboxes_id_signing_keys_key_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what a new installation still needs
         * @description For agents with the permission people.read.
         */
        get: operations["get_setup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{inbox_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells what a widget shows before anything is said
         * @description For everybody.
         */
        get: operations["get_chat_inbox_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/{inbox_key}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a chat session; writes nothing durable without an identity
         * @description For everybody.
         */
        post: operations["post_chat_inbox_key_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the session
         * @description For the holder of a chat session.
         */
        get: operations["get_chat_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Raises the session by a signed identity
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_identify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the session
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the customer's conversations, newest message first
         * @description For the holder of a chat session.
         */
        get: operations["get_chat_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells at which place of the queue one stands, and how long it takes where that is known
         * @description For the holder of a chat session.
         */
        get: operations["get_chat_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reads the chat by cursor
         * @description For the holder of a chat session.
         */
        get: operations["get_chat_messages"];
        put?: never;
        /**
         * Says something; answered after it is durable
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells up to where messages were shown or read
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_receipts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Tells who one is; kept as claimed
         * @description For the holder of a chat session.
         */
        patch: operations["patch_chat_contact"];
        trace?: never;
    };
    "/api/v1/chat/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reports something the customer did
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/sightings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells on which pages the visitor was
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_sightings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a file (raw body, name in ?name=)
         * @description For the holder of a chat session.
         */
        post: operations["post_chat_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Downloads a file
         * @description For the holder of a chat session.
         */
        get: operations["get_chat_files_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a ticket for the console's socket; once, 30 seconds
         * @description For any agent.
         */
        post: operations["post_live_tickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket; the first frame says who it is
         * @description For everybody.
         */
        get: operations["get_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as server-sent events
         * @description For any agent, or the holder of a chat session.
         */
        get: operations["get_live_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description For everybody.
         */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A brand's logo
         * @description For everybody.
         */
        get: operations["get_logos_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A message that is durable. */
        Accepted: {
            /** @description Its conversation. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /** @description The message. */
            id: components["schemas"]["MessageId"];
            /**
             * Format: int64
             * @description Its number there.
             */
            seq: number;
        };
        /** @description What is done to a conversation. */
        Action: {
            agent_id?: components["schemas"]["AgentId"] | null;
            /** @enum {string} */
            type: "assign";
        } | {
            /** @enum {string} */
            type: "assign_to_me";
        } | {
            team_id?: components["schemas"]["TeamId"] | null;
            /** @enum {string} */
            type: "set_team";
        } | {
            /** @description Which. */
            status: components["schemas"]["Status"];
            /** @enum {string} */
            type: "set_status";
        } | {
            /**
             * Format: int64
             * @description For how long, counted from then; null until the customer answers.
             */
            minutes?: number | null;
            /** @enum {string} */
            type: "snooze";
        } | {
            /** @description Which. */
            priority: components["schemas"]["Priority"];
            /** @enum {string} */
            type: "set_priority";
        } | {
            contact_reason_id?: components["schemas"]["ContactReasonId"] | null;
            /** @enum {string} */
            type: "set_contact_reason";
        } | {
            /** @description Which. */
            tags: string[];
            /** @enum {string} */
            type: "add_tags";
        } | {
            /** @description Which. */
            tags: string[];
            /** @enum {string} */
            type: "remove_tags";
        };
        /** @enum {string} */
        ActorKind: "agent" | "contact" | "flow" | "automation" | "system";
        /** @description A member of staff. */
        Agent: {
            /** @description Whether they take work. */
            availability: components["schemas"]["Availability"];
            /** @description When they were added. */
            created_at: components["schemas"]["Moment"];
            disabled_at?: components["schemas"]["Moment"] | null;
            /** @description Empty for viewers who may not manage agents, except their own. */
            email: string;
            /** @description What they may do and where. */
            grants: components["schemas"]["GrantSpec"][];
            /** @description Names them. */
            id: components["schemas"]["AgentId"];
            /** @description Invited, but no password set yet. */
            invited: boolean;
            /** @description Language of their console. */
            language: string;
            /** @description As customers see it. */
            name: string;
            /** @description Whether a console of theirs is connected now. */
            online: boolean;
            /** @description Whether signing in asks for a second factor; false for viewers who may not manage agents, except their own. */
            second_factor: boolean;
            /** @description Their teams. */
            team_ids: components["schemas"]["TeamId"][];
            /** @description Their time zone. */
            time_zone: string;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of an agent; what is left out stays. */
        AgentChange: {
            /**
             * @description Whether they may not sign in.
             * @default null
             */
            disabled?: boolean | null;
            /**
             * @description New rights.
             * @default null
             */
            grants?: components["schemas"]["GrantSpec"][] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /**
             * @description New teams.
             * @default null
             */
            team_ids?: components["schemas"]["TeamId"][] | null;
        };
        /**
         * Format: uuid
         * @description A member of staff.
         */
        AgentId: string;
        /** @description An agent in the list. */
        AgentInAssignment: {
            /** @description Who. */
            agent_id: components["schemas"]["AgentId"];
            /**
             * Format: int64
             * @description How much they may have at once.
             */
            capacity: number;
            /**
             * Format: int64
             * @description How much they have.
             */
            load: number;
            /** @description What they can take. */
            profile: components["schemas"]["AgentProfile"];
        };
        /** @description A new agent and the link with which they set their password. */
        AgentMade: {
            agent: components["schemas"]["Agent"];
            expires_at: components["schemas"]["Moment"];
            link: string;
        };
        /** @description A page of a list. */
        AgentPage: {
            items: components["schemas"]["Agent"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What an agent can take. */
        AgentProfile: {
            /** @default null */
            absent_until?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description How much at once; that of the company when null, nothing new when 0.
             * @default null
             */
            capacity?: number | null;
            /**
             * @description Languages they answer in; any when empty.
             * @default []
             */
            languages?: string[];
            /**
             * @description What they can do; a conversation with a tag of that name asks for it.
             * @default []
             */
            skills?: string[];
        };
        /** @description A token for programs; itself it is shown once, when it is made. */
        ApiToken: {
            /** @description Their address; empty for viewers who may not manage agents. */
            agent: string;
            /** @description The agent whose rights it has. */
            agent_id: components["schemas"]["AgentId"];
            /** @description When it was made. */
            created_at: components["schemas"]["Moment"];
            expires_at?: components["schemas"]["Moment"] | null;
            /** @description Its last four characters. */
            hint: string;
            /** @description Names it. */
            id: components["schemas"]["ApiTokenId"];
            last_used_at?: components["schemas"]["Moment"] | null;
            /** @description What it is for, in its owner's words. */
            name: string;
            /**
             * Format: int64
             * @description How many requests it may make each minute; null when it has no limit of its own.
             */
            per_minute?: number | null;
            revoked_at?: components["schemas"]["Moment"] | null;
            /** @description What it may be used for: `*`, or permissions separated by commas. Never more than its owner may do at that moment. */
            scope: string;
        };
        /**
         * Format: uuid
         * @description An API token.
         */
        ApiTokenId: string;
        /** @description A page of a list. */
        ApiTokenPage: {
            items: components["schemas"]["ApiToken"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        AskContactReason: "never" | "offered" | "demanded";
        /** @description All of it. */
        Assignment: {
            /** @description Every agent who may sign in. */
            agents: components["schemas"]["AgentInAssignment"][];
            /** @description For the whole company. */
            settings: components["schemas"]["AssignmentSettings"];
            /** @description Every team. */
            teams: components["schemas"]["TeamInAssignment"][];
        };
        /** @description What holds for the whole company. */
        AssignmentSettings: {
            /**
             * Format: int64
             * @description After how many minutes away unanswered work goes back to the queue; never when null.
             */
            away_minutes?: number | null;
            /**
             * Format: int64
             * @description How much an agent has at once, who has no capacity of their own: 1 to 1000.
             * @example 5
             */
            capacity: number;
            /** @description How much of it a conversation takes, by channel: 1 unless told. */
            weights?: {
                [key: string]: number;
            };
        };
        /** @description A file of a message. */
        Attachment: {
            /** @description Its type, read from its bytes. */
            content_type: string;
            /** @description Names it. */
            id: components["schemas"]["FileId"];
            /** @description The name it was sent under. */
            name: string;
            /**
             * Format: int64
             * @description Its length in bytes.
             */
            size_bytes: number;
            /** @description Where an agent may fetch it. */
            url: string;
        };
        /** @description Something the company keeps of contacts or conversations. */
        Attribute: {
            archived_at?: components["schemas"]["Moment"] | null;
            /** @description What may be chosen. */
            choices: components["schemas"]["Choice"][];
            /** @description Names it. */
            id: components["schemas"]["AttributeId"];
            /** @description Whether agents do not resolve a conversation without it. */
            is_required: boolean;
            /** @description Whether anything has a value. Then it is archived, not removed. */
            is_used: boolean;
            /** @description Under which values stand; never changes. */
            key: string;
            /** @description What its values are; never changes. */
            kind: components["schemas"]["AttributeKind"];
            /**
             * Format: double
             * @description The greatest number, or the most characters of a text.
             */
            maximum?: number | null;
            /**
             * Format: double
             * @description The least number, or the fewest characters of a text.
             */
            minimum?: number | null;
            /** @description Its name, by language. */
            names: components["schemas"]["Localised"];
            /** @description Of what it is kept; never changes. */
            of: components["schemas"]["AttributeOf"];
            /** @description A regular expression that a text has to match as a whole. */
            pattern?: string | null;
            /**
             * Format: int64
             * @description Its place among the others; lower stands first.
             */
            position: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of an attribute; what is left out stays. Values that are there stay as they are. */
        AttributeChange: {
            /**
             * @description Whether it is no longer filled in.
             * @default null
             */
            archived?: boolean | null;
            /**
             * @description What may be chosen, all of it. One that something has is archived, not left out.
             * @default null
             */
            choices?: components["schemas"]["Choice"][] | null;
            /**
             * @description Whether agents do not resolve a conversation without it.
             * @default null
             */
            is_required?: boolean | null;
            /**
             * Format: double
             * @description New most; null for none.
             * @default null
             */
            maximum?: number | null;
            /**
             * Format: double
             * @description New least; null for none.
             * @default null
             */
            minimum?: number | null;
            /** @default null */
            names?: components["schemas"]["Localised"] | null;
            /**
             * @description New pattern; null for none.
             * @default null
             */
            pattern?: string | null;
            /**
             * Format: int64
             * @description New place.
             * @default null
             */
            position?: number | null;
        };
        /**
         * Format: uuid
         * @description Something the company keeps of contacts or conversations.
         */
        AttributeId: string;
        /** @enum {string} */
        AttributeKind: "text" | "number" | "boolean" | "date" | "choice" | "choices" | "link";
        /** @enum {string} */
        AttributeOf: "contact" | "conversation";
        /** @description A page of a list. */
        AttributePage: {
            items: components["schemas"]["Attribute"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description An administrative act. */
        AuditEntry: {
            /**
             * @description The first word of the route.
             * @example agents
             */
            about: string;
            /**
             * @description Method and route, or the command.
             * @example PATCH /api/v1/agents/{id}
             */
            act: string;
            /** @description From which address, as far as it is known. */
            address?: string | null;
            agent_id?: components["schemas"]["AgentId"] | null;
            /** @description What they were called then. */
            agent_name: string;
            /** @description What was asked, without secrets. */
            asked: unknown;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["AuditEntryId"];
            /** @description The path, with the ids in it. */
            path: string;
            /** @description What the object was called. */
            subject?: string | null;
            /** @description `session`, `token` or `command`. */
            through: string;
        };
        /**
         * Format: uuid
         * @description An administrative act.
         */
        AuditEntryId: string;
        /** @description A page of a list. */
        AuditEntryPage: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description Who said something. */
        Author: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id?: string | null;
            /** @description What kind of somebody. */
            kind: components["schemas"]["ActorKind"];
            /** @description Their name then. */
            name?: string | null;
        };
        /** @enum {string} */
        Availability: "available" | "busy" | "away";
        /** @description A brand. */
        Brand: {
            /** @description `#RRGGBB`. */
            accent: string;
            /** @description `#RRGGBB` on dark grounds; derived when absent. */
            accent_dark?: string | null;
            /** @description Whether agents are asked for a contact reason when they resolve. */
            ask_contact_reason: components["schemas"]["AskContactReason"];
            /** @description When it answers. */
            hours: components["schemas"]["Hours"];
            /** @description Names it. */
            id: components["schemas"]["BrandId"];
            /** @description Languages it answers in. */
            languages: string[];
            logo_file_id?: components["schemas"]["FileId"] | null;
            /** @description As customers know it. */
            name: string;
            /** @description What it promises, by language. */
            promise: components["schemas"]["Localised"];
            /**
             * Format: int64
             * @description Corner radius in pixels: 0, 4, 10 or 16.
             */
            radius: number;
            /** @description How it serves. */
            service_model: components["schemas"]["ServiceModel"];
            /** @description Holidays, and days with other hours. */
            special_days: components["schemas"]["SpecialDay"][];
            /** @description How it speaks. */
            tone: components["schemas"]["Tone"];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a brand; what is left out stays. */
        BrandChange: {
            /**
             * @description New accent.
             * @default null
             */
            accent?: string | null;
            /**
             * @description New accent on dark grounds; null derives it.
             * @default null
             */
            accent_dark?: string | null;
            /** @default null */
            ask_contact_reason?: components["schemas"]["AskContactReason"] | null;
            /** @default null */
            hours?: components["schemas"]["Hours"] | null;
            /**
             * @description New languages.
             * @default null
             */
            languages?: string[] | null;
            /** @default null */
            logo_file_id?: components["schemas"]["FileId"] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            promise?: components["schemas"]["Localised"] | null;
            /**
             * Format: int64
             * @description New radius.
             * @default null
             */
            radius?: number | null;
            /** @default null */
            service_model?: components["schemas"]["ServiceModel"] | null;
            /**
             * @description New special days, all of them.
             * @default null
             */
            special_days?: components["schemas"]["SpecialDay"][] | null;
            /** @default null */
            tone?: components["schemas"]["Tone"] | null;
        };
        /**
         * Format: uuid
         * @description A brand.
         */
        BrandId: string;
        /** @description A page of a list. */
        BrandPage: {
            items: components["schemas"]["Brand"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A calendar file. */
        CalendarFile: {
            /**
             * @description What is in it.
             * @example BEGIN:VCALENDAR ...
             */
            content: string;
        };
        /** @description An answer that is written once and used often. */
        CannedResponse: {
            /** @description When it was last changed. */
            changed_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["CannedResponseId"];
            last_used_at?: components["schemas"]["Moment"] | null;
            /** @description Whether the viewer may change it. */
            may_change: boolean;
            /** @description What it is for, in lists. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description What is typed after a slash to get it, without the slash. */
            shortcut: string;
            /** @description Its text, by language. */
            texts: components["schemas"]["Localised"];
            /**
             * Format: int64
             * @description How often it was used, by everyone.
             */
            used_count: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a canned response; what is left out stays. */
        CannedResponseChange: {
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            sharing?: components["schemas"]["Sharing"] | null;
            /**
             * @description New shortcut.
             * @default null
             */
            shortcut?: string | null;
            /** @default null */
            texts?: components["schemas"]["Localised"] | null;
        };
        /**
         * Format: uuid
         * @description An answer that is written once and used often.
         */
        CannedResponseId: string;
        /** @description A page of a list. */
        CannedResponsePage: {
            items: components["schemas"]["CannedResponse"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description The case of something found. */
        Case: {
            /** @description Its brand. */
            brand_id: components["schemas"]["BrandId"];
            /**
             * Format: int64
             * @description Its number.
             */
            number: number;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
        };
        /** @enum {string} */
        Channel: "webchat";
        /** @description Who said something, as the customer sees it. */
        ChatAuthor: {
            /** @description What kind of somebody. */
            kind: components["schemas"]["ActorKind"];
            /** @description Their name. */
            name?: string | null;
        };
        /** @description When one is answered, truthfully. */
        ChatAvailability: {
            /** @description Whether somebody is here now. */
            agents_available: boolean;
            /** @description Whether it never closes. */
            always_open: boolean;
            closes_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Median first answer of the last 28 days in seconds; none when too few to say.
             */
            expected_wait_seconds?: number | null;
            /**
             * Format: int64
             * @description Over how many answers.
             */
            measured_over: number;
            /** @description Whether it is open now. */
            open: boolean;
            opens_at?: components["schemas"]["Moment"] | null;
            promise?: components["schemas"]["Promise"] | null;
            /** @description By the wall clock of which time zone, as an IANA name. */
            time_zone: string;
        };
        /** @description The brand, with colours that can be read. */
        ChatBrand: {
            /** @description Ground of header, launcher and own messages. */
            accent: string;
            /** @description The accent in the dark. */
            accent_dark: string;
            /** @description Accent as text on white. */
            accent_ink: string;
            /** @description A chosen ground. */
            accent_soft: string;
            /** @description A chosen ground in the dark. */
            accent_soft_dark: string;
            /** @description Its logo. */
            logo_url?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Text on it. */
            on_accent: string;
            /** @description Text on that. */
            on_accent_dark: string;
            /** @description What it promises, in the language asked for. */
            promise?: string | null;
            /**
             * Format: int64
             * @description Corner radius in pixels.
             */
            radius: number;
            /** @description How it serves. */
            service_model: components["schemas"]["ServiceModel"];
            /** @description How it speaks. */
            tone: components["schemas"]["Tone"];
        };
        /** @description What a widget shows before anything is said. */
        ChatConfig: {
            /** @description When one is answered. */
            availability: components["schemas"]["ChatAvailability"];
            /** @description The brand. */
            brand: components["schemas"]["ChatBrand"];
            /** @description The inbox. */
            inbox: components["schemas"]["ChatInbox"];
            /** @description Languages the brand answers in. */
            languages: string[];
            /**
             * Format: int64
             * @description The version of the protocol.
             */
            protocol: number;
        };
        /** @description What is known of the one who asks. */
        ChatContact: {
            email?: string | null;
            name?: string | null;
        };
        /** @description A conversation, as the customer sees it. */
        ChatConversation: {
            /** @description Whether what the customer writes now continues it; otherwise it goes to another or begins a new one. */
            continues: boolean;
            continues_until?: components["schemas"]["Moment"] | null;
            /** @description Names it. */
            id: components["schemas"]["ConversationId"];
            /** @description What was said last. */
            last: components["schemas"]["ChatLast"];
            /** @description Conversations that have become a part of it: what was said there is read with it. */
            merged: components["schemas"]["ConversationId"][];
            /** @description Where it stands. */
            status: components["schemas"]["ChatStatus"];
            /**
             * Format: int64
             * @description How many answers the customer has not read.
             */
            unread: number;
        };
        /** @description A page of a list. */
        ChatConversationPage: {
            items: components["schemas"]["ChatConversation"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description Something a customer did in the shop. */
        ChatEvent: {
            name: string;
            properties?: Record<string, never>;
        };
        /** @description A file, as the customer sees it. */
        ChatFile: {
            /** @description Its type. */
            content_type: string;
            /** @description Names it. */
            id: components["schemas"]["FileId"];
            /** @description The name it was sent under. */
            name: string;
            /**
             * Format: int64
             * @description Its length in bytes.
             */
            size_bytes: number;
        };
        /** @description The inbox, as visitors may know it. */
        ChatInbox: {
            /** @description Whether an address is asked for outside opening hours. */
            ask_email_when_closed: boolean;
            /** @description Its key. */
            key: string;
            /**
             * Format: int64
             * @description The largest file, in bytes.
             */
            max_attachment_bytes: number;
        };
        /** @description The newest message of a conversation, in short. */
        ChatLast: {
            /** @description Who wrote it. */
            author: components["schemas"]["ChatAuthor"];
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How many files it has.
             */
            files: number;
            /** @description Whether the customer wrote it. */
            mine: boolean;
            /** @description Whether the team removed its text and files for good. */
            redacted: boolean;
            /** @description The text on one line, shortened; may be empty with files. */
            text: string;
        };
        /** @description A message, as the customer sees it. */
        ChatMessage: {
            /** @description Its files. */
            attachments: components["schemas"]["ChatFile"][];
            /** @description Who wrote it. */
            author: components["schemas"]["ChatAuthor"];
            /** @description Its conversation. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /** @description Where a chat that has seen it resumes; none while it has no place in the log yet. */
            cursor?: string | null;
            delivery?: components["schemas"]["Delivery"] | null;
            edited_at?: components["schemas"]["Moment"] | null;
            /** @description Names it. */
            id: components["schemas"]["MessageId"];
            /** @description The customer's own key of it. */
            key?: string | null;
            /** @description `inbound` or `reply`. */
            kind: components["schemas"]["MessageKind"];
            /** @description Whether the customer wrote it. */
            mine: boolean;
            redacted?: components["schemas"]["Redacted"] | null;
            /**
             * Format: int64
             * @description Its number there; numbers in between belong to the team.
             */
            seq: number;
            /** @description What was said. */
            text: string;
        };
        /** @description The page a visitor writes from. */
        ChatPage: {
            /** @description Its title. */
            title?: string | null;
            /** @description Its address. */
            url: string;
        };
        /** @description A stretch of a chat, oldest first. */
        ChatPageOfMessages: {
            /** @description Messages before `after` that were edited or removed since: they take the place of what was read before. */
            changed?: components["schemas"]["ChatMessage"][];
            /** @description Where to resume, even when `next` is none. */
            cursor?: string | null;
            /** @description Cursor of the messages before these, when the newest were asked for. */
            earlier?: string | null;
            /** @description The messages. */
            items: components["schemas"]["ChatMessage"][];
            /** @description Cursor of the messages after these; none when these are the newest. */
            next?: string | null;
        };
        /** @description A page a visitor was on. */
        ChatSighting: {
            referrer?: string | null;
            title?: string | null;
            url: string;
        };
        /** @description Pages a visitor was on. */
        ChatSightings: {
            items: components["schemas"]["ChatSighting"][];
        };
        /** @enum {string} */
        ChatStatus: "open" | "resolved";
        /** @description What may be chosen. */
        Choice: {
            /** @description No longer chosen, still shown where it was. */
            archived?: boolean;
            /** @description What values hold: small letters, digits and underscores. */
            key: string;
            /** @description Its name, by language. */
            names: components["schemas"]["Localised"];
        };
        /** @description What a visitor tells of themselves. It is kept as claimed and proves nothing. */
        ClaimedProfile: {
            /**
             * @description Their e-mail address.
             * @default null
             */
            email?: string | null;
            /**
             * @description Their language.
             * @default null
             */
            language?: string | null;
            /**
             * @description Their name.
             * @default null
             */
            name?: string | null;
            /**
             * @description Their phone number with its country.
             * @default null
             */
            phone?: string | null;
            /**
             * @description Their time zone.
             * @default null
             */
            time_zone?: string | null;
        };
        /** @description A field against a value. */
        Clause: {
            /** @description Which field. */
            field: string;
            /** @description How. */
            op: components["schemas"]["Op"];
            /** @description Against what: a word, an id, a text, a number, a time, minutes, or a list of them; null where nothing is needed. */
            value: unknown;
        };
        /** @description What the app shows; where a recovery code will do as well, either. */
        Code: {
            code: string;
        };
        /** @description Where customers work. */
        Company: {
            /** @description When it was added. */
            created_at: components["schemas"]["Moment"];
            /** @description What stands behind the @ in addresses of its people. */
            domains: string[];
            /** @description Names it. */
            id: components["schemas"]["CompanyId"];
            /** @description Its name. */
            name: string;
            /** @description What the team should know of it. */
            note: string;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a company; what is left out stays. */
        CompanyChange: {
            /**
             * @description New domains, all of them.
             * @default null
             */
            domains?: string[] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /**
             * @description New note.
             * @default null
             */
            note?: string | null;
        };
        /**
         * Format: uuid
         * @description Where customers work.
         */
        CompanyId: string;
        /** @description A company as its contacts show it. */
        CompanyName: {
            /** @description Names it. */
            id: components["schemas"]["CompanyId"];
            /** @description Its name. */
            name: string;
        };
        /** @description A page of a list. */
        CompanyPage: {
            items: components["schemas"]["Company"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What is asked. */
        Condition: {
            /** @description These. */
            all: components["schemas"]["Condition"][];
        } | {
            /** @description These. */
            any: components["schemas"]["Condition"][];
        } | {
            /** @description This. */
            not: components["schemas"]["Condition"];
        } | components["schemas"]["Clause"];
        /** @description A customer. */
        Contact: {
            /** @description What the company keeps of them, by the key of the attribute. */
            attributes: Record<string, never>;
            company?: components["schemas"]["CompanyName"] | null;
            /**
             * Format: int64
             * @description Conversations they had.
             */
            conversation_count: number;
            /** @description Their country, ISO 3166-1 alpha-2. */
            country?: string | null;
            /** @description When they were added. */
            created_at: components["schemas"]["Moment"];
            /** @description Their first visit or message. */
            first_seen_at: components["schemas"]["Moment"];
            /** @description Names them. */
            id: components["schemas"]["ContactId"];
            /** @description Ways they are known by. */
            identities: components["schemas"]["Identity"][];
            /** @description Their language. */
            language?: string | null;
            /** @description Their last, to within a minute. */
            last_seen_at: components["schemas"]["Moment"];
            /** @description Their name, if known. */
            name?: string | null;
            /** @description Whether a chat of theirs is connected now. */
            online: boolean;
            /** @description Their time zone. */
            time_zone?: string | null;
            /** @description The surest of their identities. */
            verification: components["schemas"]["Verification"];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a contact; what is left out stays. */
        ContactChange: {
            /** @description New values of attributes, by key; null empties, what is left out stays. */
            attributes?: Record<string, never>;
            /** @default null */
            company_id?: components["schemas"]["CompanyId"] | null;
            /**
             * @description New country.
             * @default null
             */
            country?: string | null;
            /**
             * @description New language.
             * @default null
             */
            language?: string | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /**
             * @description New time zone.
             * @default null
             */
            time_zone?: string | null;
        };
        /**
         * Format: uuid
         * @description A customer.
         */
        ContactId: string;
        /** @description Contacts from a file. */
        ContactImport: {
            /** @description Who brought it. */
            agent_id: components["schemas"]["AgentId"];
            /** @description Their name. */
            agent_name: string;
            /**
             * Format: int64
             * @description New contacts.
             */
            created: number;
            /** @description When the file was uploaded. */
            created_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Rows that were looked at.
             */
            done: number;
            ended_at?: components["schemas"]["Moment"] | null;
            /** @description Names it. */
            id: components["schemas"]["ImportId"];
            /**
             * Format: int64
             * @description Rows that could not be taken back, or not whole.
             */
            kept: number;
            /** @description The name of the file. */
            name: string;
            /** @description Why it failed. */
            problem?: string | null;
            /**
             * Format: int64
             * @description Rows with a mistake.
             */
            refused: number;
            /**
             * Format: int64
             * @description Rows of the file, without its heading.
             */
            rows: number;
            /** @description How it is read. */
            settings: components["schemas"]["ImportSettings"];
            /**
             * Format: int64
             * @description Its length.
             */
            size_bytes: number;
            started_at?: components["schemas"]["Moment"] | null;
            /** @description How far it is. */
            state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Rows that were taken back.
             */
            taken_back: number;
            /**
             * Format: int64
             * @description Rows that changed nothing.
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Rows that changed a contact.
             */
            updated: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A page of a list. */
        ContactImportPage: {
            items: components["schemas"]["ContactImport"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A page of a list. */
        ContactPage: {
            items: components["schemas"]["Contact"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What customers come for. */
        ContactReason: {
            archived_at?: components["schemas"]["Moment"] | null;
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Names it. */
            id: components["schemas"]["ContactReasonId"];
            /** @description Whether a conversation ever had it. Then it is archived, not removed. */
            is_used: boolean;
            /** @description Its name, by language. */
            names: components["schemas"]["Localised"];
            parent_id?: components["schemas"]["ContactReasonId"] | null;
            /**
             * Format: int64
             * @description Its place among those beside it; lower stands first.
             */
            position: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a contact reason; what is left out stays. */
        ContactReasonChange: {
            /**
             * @description Whether it is no longer chosen.
             * @default null
             */
            archived?: boolean | null;
            /** @default null */
            names?: components["schemas"]["Localised"] | null;
            /**
             * Format: int64
             * @description New place.
             * @default null
             */
            position?: number | null;
        };
        /**
         * Format: uuid
         * @description What a customer came for.
         */
        ContactReasonId: string;
        /** @description A page of a list. */
        ContactReasonPage: {
            items: components["schemas"]["ContactReason"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A conversation. */
        Conversation: {
            assignee_id?: components["schemas"]["AgentId"] | null;
            /** @description What the company keeps of it, by the key of the attribute. */
            attributes: Record<string, never>;
            /** @description The brand; never changes. */
            brand_id: components["schemas"]["BrandId"];
            /** @description The channel the customer last wrote on. */
            channel: string;
            /** @description The customer. */
            contact: components["schemas"]["Customer"];
            contact_reason_id?: components["schemas"]["ContactReasonId"] | null;
            /** @description When it began. */
            created_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Up to which message the customer's device has shown.
             */
            customer_delivered_seq: number;
            /**
             * Format: int64
             * @description Up to which message the customer has read.
             */
            customer_read_seq: number;
            due?: components["schemas"]["Deadline"] | null;
            /** @description Names it. */
            id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description How many messages the customer wrote.
             */
            inbound_count: number;
            /** @description The home inbox. */
            inbox_id: components["schemas"]["InboxId"];
            /** @description When. */
            last_activity_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description The number of the newest message.
             */
            last_seq: number;
            location_id?: components["schemas"]["LocationId"] | null;
            merged_into?: components["schemas"]["ConversationId"] | null;
            /**
             * Format: int64
             * @description The case number, for people.
             */
            number: number;
            /** @description The newest thing said. */
            preview: components["schemas"]["Preview"];
            /** @description How urgent. */
            priority: components["schemas"]["Priority"];
            /**
             * Format: int64
             * @description Raised by what the customer may see.
             */
            public_version: number;
            resolved_at?: components["schemas"]["Moment"] | null;
            sla_policy_id?: components["schemas"]["SlaPolicyId"] | null;
            snoozed_until?: components["schemas"]["Moment"] | null;
            /** @description Whether it comes back with the customer's next answer only. */
            snoozed_until_answer: boolean;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /** @description What it is about: by default the beginning of the first message. */
            subject: string;
            /** @description Tags. */
            tags: string[];
            team_id?: components["schemas"]["TeamId"] | null;
            /**
             * Format: int64
             * @description Up to which message the team has read.
             */
            team_read_seq: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
            waiting_since?: components["schemas"]["Moment"] | null;
            yours?: components["schemas"]["Yours"] | null;
        };
        /** @description A change of a conversation; what is left out stays. */
        ConversationChange: {
            /** @default null */
            assignee_id?: components["schemas"]["AgentId"] | null;
            /** @description New values of attributes, by key; null empties, what is left out stays. */
            attributes?: Record<string, never>;
            /** @default null */
            contact_reason_id?: components["schemas"]["ContactReasonId"] | null;
            /** @default null */
            location_id?: components["schemas"]["LocationId"] | null;
            /** @default null */
            priority?: components["schemas"]["Priority"] | null;
            /** @default null */
            snoozed_until?: components["schemas"]["Moment"] | null;
            /**
             * @description Comes back with the customer's next answer; sets the status to snoozed.
             * @default null
             */
            snoozed_until_answer?: boolean | null;
            /** @default null */
            status?: components["schemas"]["Status"] | null;
            /**
             * @description New subject.
             * @default null
             */
            subject?: string | null;
            /**
             * @description New tags, all of them; at most 20.
             * @default null
             */
            tags?: string[] | null;
            /** @default null */
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @description A field that a condition over conversations may ask for. */
        ConversationField: {
            attribute?: components["schemas"]["Attribute"] | null;
            /** @description As it is written in a clause. */
            field: string;
            /** @description What it holds: `word`, `id`, `ids`, `labels`, `text`, `number`, `moment` or `flag`. */
            holds: string;
            /** @description Whether `me` may be asked for. */
            me: boolean;
            /** @description What may be asked of it. */
            ops: components["schemas"]["Op"][];
            /** @description The words it may hold, when they are ours. */
            words: string[];
        };
        /** @description A page of a list. */
        ConversationFieldPage: {
            items: components["schemas"]["ConversationField"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /**
         * Format: uuid
         * @description A conversation.
         */
        ConversationId: string;
        /** @description A link as one of its conversations shows it. */
        ConversationLink: {
            /** @description The other conversation. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description Names it. */
            id: components["schemas"]["LinkId"];
            /** @description What it is. */
            kind: components["schemas"]["ConversationLinkKind"];
            /** @description When. */
            linked_at: components["schemas"]["Moment"];
            linked_by?: components["schemas"]["AgentId"] | null;
            /**
             * Format: int64
             * @description Its case number.
             */
            number: number;
            /** @description Whether it goes from the conversation that shows it to the other one; of related ones it says nothing. */
            outward: boolean;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /** @description What it is about. */
            subject: string;
        };
        /** @enum {string} */
        ConversationLinkKind: "related" | "follows" | "duplicate";
        /** @description A page of a list. */
        ConversationLinkPage: {
            items: components["schemas"]["ConversationLink"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A page of conversations and the position of the log it shows. */
        ConversationPage: {
            /** @description The conversations. */
            items: components["schemas"]["Conversation"][];
            /** @description Cursor of the next page. */
            next?: string | null;
            /**
             * Format: int64
             * @description The newest position of the log when this was read: resume live updates from here.
             */
            position: number;
        };
        /** @description The customer of a conversation. */
        Customer: {
            /** @description Who. */
            id: components["schemas"]["ContactId"];
            /** @description Their language. */
            language?: string | null;
            /** @description Their name, if known. */
            name?: string | null;
            /** @description Whether a chat of theirs is connected now. */
            online: boolean;
            /** @description The surest of their identities. */
            verification: components["schemas"]["Verification"];
        };
        /** @enum {string} */
        Day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        /** @description When the next promise of a conversation is due. */
        Deadline: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Of what. */
            kind: components["schemas"]["TargetKind"];
            warn_at?: components["schemas"]["Moment"] | null;
        };
        /** @enum {string} */
        Delivery: "sent" | "delivered" | "read" | "failed";
        /** @description An action of a rule, or its text, and what became of it. */
        Done: {
            action?: components["schemas"]["Action"] | null;
            mode?: components["schemas"]["Mode"] | null;
            /** @description What became of it. */
            outcome: components["schemas"]["Outcome"];
            /** @description Why it could not be done. */
            why?: string | null;
        };
        /** @description A draft. */
        Draft: {
            /** @description Files added so far. */
            attachment_ids: components["schemas"]["FileId"][];
            /** @description What it will become. */
            mode: components["schemas"]["Mode"];
            /** @description What is typed so far. */
            text: string;
            /** @description When it was saved. */
            updated_at: components["schemas"]["Moment"];
        };
        /** @description A page of a list. */
        DraftPage: {
            items: components["schemas"]["Draft"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What is typed so far. */
        DraftText: {
            /** @description Files added so far. */
            attachment_ids?: components["schemas"]["FileId"][];
            /** @description The text; empty without files removes the draft. */
            text: string;
        };
        /** @description What a rule would have done. */
        DryRun: {
            /** @description Whether it was looked that far because there is no more, or enough was found; else because it took too long. */
            is_complete: boolean;
            /** @description The latest of those, at most 25. */
            items: components["schemas"]["WouldRun"][];
            /**
             * Format: int64
             * @description In how many conversations something made it look, of the last 1,000 that the viewer may see: the last time in each.
             */
            looked_at: number;
            /**
             * Format: int64
             * @description In how many of them its condition holds as they stand now.
             */
            matched: number;
            since?: components["schemas"]["Moment"] | null;
        };
        /** @description Somebody who might be the same as a contact. */
        Duplicate: {
            /** @description Who. */
            contact: components["schemas"]["Contact"];
            /** @description What speaks for it. */
            proof: components["schemas"]["Proof"][];
        };
        /** @description A page of a list. */
        DuplicatePage: {
            items: components["schemas"]["Duplicate"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What an authenticator app has to know; shown this once. */
        Enrolment: {
            /** @description To type, Base32. */
            secret: string;
            /** @description To scan, an `otpauth:` address. */
            uri: string;
        };
        /** @description A moment of a contact. */
        Entry: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            conversation_id?: components["schemas"]["ConversationId"] | null;
            /**
             * Format: uuid
             * @description Names it.
             */
            id: string;
            /** @description What the shop reported. */
            properties?: Record<string, never> | null;
            status?: components["schemas"]["Status"] | null;
            /** @description One line of it. */
            text?: string | null;
            /** @description Its title: a subject, a page's title, an event's name. */
            title?: string | null;
            /** @description `first_visit`, `page`, `conversation`, `note`, `event`, `identified` or `joined`. */
            type: string;
            /** @description The page. */
            url?: string | null;
        };
        /**
         * Format: uuid
         * @description An entry of a contact's timeline.
         */
        EntryId: string;
        /** @description A page of a list. */
        EntryPage: {
            items: components["schemas"]["Entry"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A reported event. */
        EventMade: {
            id: components["schemas"]["EntryId"];
        };
        /** @enum {string} */
        ExistingContacts: "update" | "fill" | "leave";
        /** @description Something known of a contact. */
        Fact: {
            author_id?: components["schemas"]["AgentId"] | null;
            /** @description Their name. */
            author_name?: string | null;
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["FactId"];
            /** @description What it is about. */
            kind: components["schemas"]["FactKind"];
            /** @description The day on which it was learned, e.g. `2026-11-27`. */
            learned_on: string;
            /** @description From where it is known. */
            source: string;
            /** @description What is known. */
            text: string;
        };
        /**
         * Format: uuid
         * @description Something known of a contact.
         */
        FactId: string;
        /** @enum {string} */
        FactKind: "need" | "want" | "preference";
        /** @description A page of a list. */
        FactPage: {
            items: components["schemas"]["Fact"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        Feature: "bulk_changes";
        /** @enum {string} */
        FileDelimiter: "comma" | "semicolon" | "tab";
        /** @enum {string} */
        FileEncoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1250" | "windows-1251";
        /**
         * Format: uuid
         * @description An uploaded file.
         */
        FileId: string;
        /** @enum {string} */
        Format: "csv" | "json";
        /** @description What a message said before it was edited. */
        FormerText: {
            /** @description Until when it said so. */
            edited_at: components["schemas"]["Moment"];
            edited_by?: components["schemas"]["AgentId"] | null;
            /** @description The text. */
            text: string;
        };
        /** @description A page of a list. */
        FormerTextPage: {
            items: components["schemas"]["FormerText"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A role over a part of the company; null is everywhere. */
        GrantSpec: {
            brand_id?: components["schemas"]["BrandId"] | null;
            inbox_id?: components["schemas"]["InboxId"] | null;
            location_id?: components["schemas"]["LocationId"] | null;
            /** @description The role: a word for those that come with Rapport, else its id. */
            role: components["schemas"]["RoleKey"];
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @enum {string} */
        Heard: "delivered" | "read";
        /** @description Something found. */
        Hit: {
            case?: components["schemas"]["Case"] | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            conversation_id?: components["schemas"]["ConversationId"] | null;
            /**
             * Format: uuid
             * @description Names it; tags have no other name than their own.
             */
            id?: string | null;
            message?: components["schemas"]["HitMessage"] | null;
            /** @description What tells it from others. */
            subtitle: string;
            /** @description Its name or subject. */
            title: string;
            /** @description What it is. */
            type: components["schemas"]["HitKind"];
        };
        /** @enum {string} */
        HitKind: "contact" | "conversation" | "tag" | "message";
        /** @description A message that was found. */
        HitMessage: {
            /** @description Who said it. */
            author_name?: string | null;
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
            /** @description What it is. */
            kind: components["schemas"]["MessageKind"];
            /**
             * Format: int64
             * @description Its number in the conversation.
             */
            seq: number;
            /** @description The piece around what was found. */
            snippet: components["schemas"]["Snippet"];
        };
        /** @description A page of a list. */
        HitPage: {
            items: components["schemas"]["Hit"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What a calendar holds. */
        Holidays: {
            /** @description Its other events. */
            skipped: components["schemas"]["Skipped"][];
            /** @description Its whole days from today on, by date, all of them closed. What comes back on the same date stands here once. */
            special_days: components["schemas"]["SpecialDay"][];
        };
        /** @description Weekly opening hours. No opening at all means: always open. */
        Hours: {
            /**
             * @description IANA name, e.g. `Europe/Lisbon`.
             * @example Europe/Lisbon
             */
            time_zone: string;
            /** @description The openings. */
            weekly: components["schemas"]["Opening"][];
        };
        /** @description A way a contact is known by. */
        Identity: {
            /** @description Names it. */
            id: components["schemas"]["IdentityId"];
            /** @description What kind. */
            kind: components["schemas"]["IdentityKind"];
            /** @description Whether messages sent there arrive. */
            reachable: boolean;
            /** @description The address, number or id. */
            value: string;
            /** @description How sure it is. */
            verification: components["schemas"]["Verification"];
            verified_at?: components["schemas"]["Moment"] | null;
            /** @description What proved it, e.g. `widget_signature`. */
            verified_how?: string | null;
        };
        /**
         * Format: uuid
         * @description A way a contact is known by.
         */
        IdentityId: string;
        /** @enum {string} */
        IdentityKind: "visitor" | "external" | "email" | "phone";
        /** @description A JWT by which the shop vouches for its customer. */
        IdentityToken: {
            identity: string;
        };
        /** @description A file of canned responses. */
        Import: {
            /** @description What is in it, as [`GET /api/v1/canned-responses/export`] gives it. */
            content: string;
            /** @description How it is written. */
            format: components["schemas"]["Format"];
        };
        /** @description A change of an import before it starts; what is left out stays. */
        ImportChange: {
            /** @default null */
            delimiter?: components["schemas"]["FileDelimiter"] | null;
            /** @default null */
            encoding?: components["schemas"]["FileEncoding"] | null;
            /** @default null */
            existing?: components["schemas"]["ExistingContacts"] | null;
            /**
             * @description What each column means, from the left; null to leave one out.
             * @default null
             */
            fields?: (string | null)[] | null;
            /**
             * @description The country of phone numbers that are written without one.
             * @default null
             */
            phone_country?: string | null;
        };
        /** @description A column of the file. */
        ImportColumn: {
            /**
             * @description What it means: `name`, `first_name`, `last_name`, `email`, `phone`, `external_id`, `language`, `time_zone`, `country`, `company`,
             *     `note` or `attribute.KEY`; null to leave it out.
             */
            field?: string | null;
            /** @description Its heading. */
            name: string;
            /** @description What stands in it, some of it. */
            samples: string[];
        };
        /**
         * Format: uuid
         * @description Contacts from a file.
         */
        ImportId: string;
        /** @description How a file is to be read, and what to do with it. */
        ImportSettings: {
            /** @description Its columns, from the left. Empty in lists. */
            columns: components["schemas"]["ImportColumn"][];
            /** @description What stands between its cells. */
            delimiter: components["schemas"]["FileDelimiter"];
            /** @description How its letters are written. */
            encoding: components["schemas"]["FileEncoding"];
            /** @description What to do with contacts that are there. */
            existing: components["schemas"]["ExistingContacts"];
            /** @description The country of phone numbers that are written without one, e.g. `PT`. */
            phone_country?: string | null;
        };
        /** @enum {string} */
        ImportState: "draft" | "running" | "done" | "stopped" | "failed" | "undoing" | "undone";
        /** @description What an import did. */
        Imported: {
            /**
             * Format: int64
             * @description How many are new.
             */
            added: number;
            /**
             * Format: int64
             * @description How many were there, by their shortcut, and say something else now.
             */
            changed: number;
            /**
             * Format: int64
             * @description How many were there as they are.
             */
            unchanged: number;
        };
        /** @description A configured channel. */
        Inbox: {
            /** @description Pages that may show it, as origins; empty means any. */
            allowed_origins: string[];
            /** @description Whether visitors are asked for an address outside opening hours. */
            ask_email_when_closed: boolean;
            /** @description The brand it speaks for. */
            brand_id: components["schemas"]["BrandId"];
            /** @description Its kind. */
            channel: components["schemas"]["Channel"];
            disabled_at?: components["schemas"]["Moment"] | null;
            /** @description Names it. */
            id: components["schemas"]["InboxId"];
            /** @description Its key, which pages and apps name it by; no secret. */
            key: string;
            location_id?: components["schemas"]["LocationId"] | null;
            /**
             * Format: int64
             * @description The largest file a visitor may send, in bytes.
             */
            max_attachment_bytes: number;
            /** @description Its name, for the team. */
            name: string;
            /** @description Keys with which the shop vouches for its customers. */
            signing_keys: components["schemas"]["SigningKey"][];
            /** @description HTML to paste into a page. */
            snippet: string;
            team_id?: components["schemas"]["TeamId"] | null;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of an inbox; what is left out stays. */
        InboxChange: {
            /**
             * @description New origins.
             * @default null
             */
            allowed_origins?: string[] | null;
            /**
             * @description Whether visitors are asked for an address outside opening hours.
             * @default null
             */
            ask_email_when_closed?: boolean | null;
            /**
             * @description Whether it takes nothing.
             * @default null
             */
            disabled?: boolean | null;
            /** @default null */
            location_id?: components["schemas"]["LocationId"] | null;
            /**
             * Format: int64
             * @description New limit, in bytes.
             * @default null
             */
            max_attachment_bytes?: number | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /**
         * Format: uuid
         * @description A configured channel.
         */
        InboxId: string;
        /** @description A page of a list. */
        InboxPage: {
            items: components["schemas"]["Inbox"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        KeptBecause: "talked" | "changed" | "merged" | "gone";
        /** @description A contact that an undo left, or left a part of. */
        KeptRow: {
            /** @description Why. */
            because: components["schemas"]["KeptBecause"];
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description Its line in the file.
             */
            line: number;
            /** @description The name. */
            name?: string | null;
        };
        /** @description A page of a list. */
        KeptRowPage: {
            items: components["schemas"]["KeptRow"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /**
         * Format: uuid
         * @description What one conversation has to do with another.
         */
        LinkId: string;
        /** @enum {string} */
        LinkKind: "invitation" | "reset" | "sign_in" | "setup";
        /** @description A link to hand to somebody. */
        LinkMade: {
            expires_at: components["schemas"]["Moment"];
            link: string;
        };
        /** @description The token of a link. */
        LinkToken: {
            token: string;
        };
        /** @description What somebody gives who uses a link. */
        LinkUse: {
            /** @description The code of one's second factor, if one has one. */
            code?: string | null;
            /** @description The company's name (set-up). */
            company?: string | null;
            /** @description One's address (set-up). */
            email?: string | null;
            /** @description One's language (set-up). */
            language?: string | null;
            /** @description One's name (set-up). */
            name?: string | null;
            /** @description The new password, at least 10 characters (invitation, reset, set-up). */
            password?: string | null;
            /** @description The token of the link. */
            token: string;
        };
        /** @description What a link is for. */
        LinkView: {
            email?: string | null;
            kind: components["schemas"]["LinkKind"];
            name?: string | null;
        };
        /** @description A text an administrator wrote in several languages: language tag to text. */
        Localised: {
            [key: string]: string;
        };
        /** @description A location or region. */
        Location: {
            /** @description Street and number. */
            address: string;
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Its city. */
            city: string;
            /** @description ISO 3166-1 alpha-2. */
            country?: string | null;
            hours?: components["schemas"]["Hours"] | null;
            /** @description Names it. */
            id: components["schemas"]["LocationId"];
            /** @description Whether those of its region and brand hold here as well. Its own go before them. */
            inherits_special_days: boolean;
            /** @description Region or location. */
            kind: components["schemas"]["LocationKind"];
            /** @description Its name. */
            name: string;
            parent_id?: components["schemas"]["LocationId"] | null;
            /** @description Its own holidays, and days with other hours. */
            special_days: components["schemas"]["SpecialDay"][];
            team_id?: components["schemas"]["TeamId"] | null;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a location; what is left out stays. */
        LocationChange: {
            /**
             * @description New address.
             * @default null
             */
            address?: string | null;
            /** @default null */
            brand_id?: components["schemas"]["BrandId"] | null;
            /**
             * @description New city.
             * @default null
             */
            city?: string | null;
            /**
             * @description New country.
             * @default null
             */
            country?: string | null;
            /** @default null */
            hours?: components["schemas"]["Hours"] | null;
            /**
             * @description Whether those of its region and brand hold here as well.
             * @default null
             */
            inherits_special_days?: boolean | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            parent_id?: components["schemas"]["LocationId"] | null;
            /**
             * @description New special days of its own, all of them.
             * @default null
             */
            special_days?: components["schemas"]["SpecialDay"][] | null;
            /** @default null */
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /**
         * Format: uuid
         * @description A location or region.
         */
        LocationId: string;
        /** @enum {string} */
        LocationKind: "region" | "location";
        /** @description A page of a list. */
        LocationPage: {
            items: components["schemas"]["Location"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A macro. */
        Macro: {
            /** @description What it does, in this order, after the text was written. */
            actions: components["schemas"]["Action"][];
            /** @description When it was last changed. */
            changed_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["MacroId"];
            last_used_at?: components["schemas"]["Moment"] | null;
            /** @description Whether the viewer may change it. */
            may_change: boolean;
            mode?: components["schemas"]["Mode"] | null;
            /** @description What it is for. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description Its text, by language. */
            texts: components["schemas"]["Localised"];
            /**
             * Format: int64
             * @description How often it was run, by everyone.
             */
            used_count: number;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a macro; what is left out stays. */
        MacroChange: {
            /**
             * @description New actions, all of them.
             * @default null
             */
            actions?: components["schemas"]["Action"][] | null;
            /** @default null */
            mode?: components["schemas"]["Mode"] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            sharing?: components["schemas"]["Sharing"] | null;
            /** @default null */
            texts?: components["schemas"]["Localised"] | null;
        };
        /**
         * Format: uuid
         * @description What is done again and again, as one step.
         */
        MacroId: string;
        /** @description A page of a list. */
        MacroPage: {
            items: components["schemas"]["Macro"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description Who one is and what one may do. */
        Me: {
            /** @description Oneself. */
            agent: components["schemas"]["Agent"];
            /** @description The company's name. */
            company: string;
            /** @description The features that are on for one: what the console offers beyond what rights say. */
            features: components["schemas"]["Feature"][];
            /** @description What one may do somewhere. */
            permissions: components["schemas"]["Permission"][];
            /**
             * Format: int64
             * @description The newest position of the log.
             */
            position: number;
            /** @description Whether the company demands a second factor that one has not set up: until then one may do nothing else. */
            second_factor_owed: boolean;
            /** @description The server's version. */
            server_version: string;
            /** @description The console's own settings. */
            settings: Record<string, never>;
        };
        /** @description A change of oneself; what is left out stays. */
        MeChange: {
            /** @default null */
            availability?: components["schemas"]["Availability"] | null;
            /**
             * @description New language.
             * @default null
             */
            language?: string | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @description The console's own settings, whole; at most 16 KB. */
            settings?: Record<string, never> | null;
            /**
             * @description New time zone.
             * @default null
             */
            time_zone?: string | null;
        };
        /** @description A merge that was done. */
        Merge: {
            /** @description Who became part of them. */
            from_id: components["schemas"]["ContactId"];
            /** @description Their name. */
            from_name?: string | null;
            /** @description Names it. */
            id: components["schemas"]["MergeId"];
            /** @description The survivor. */
            into_id: components["schemas"]["ContactId"];
            /** @description When. */
            merged_at: components["schemas"]["Moment"];
            merged_by?: components["schemas"]["AgentId"] | null;
            /** @description `agent`, or what proved it by itself, e.g. `widget_signature`. */
            proof: string;
            undone_at?: components["schemas"]["Moment"] | null;
        };
        /**
         * Format: uuid
         * @description Two contacts that were made one.
         */
        MergeId: string;
        /** @description Into which conversation one is merged. */
        MergeInto: {
            /** @description A conversation of the same customer in the same brand. */
            into_id: components["schemas"]["ConversationId"];
        };
        /** @description A page of a list. */
        MergePage: {
            items: components["schemas"]["Merge"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description What a merge would do. */
        MergePreview: {
            /** @description The survivor afterwards, beside all identities, notes and conversations of both. */
            after: components["schemas"]["Standing"];
            /** @description Who becomes part of them. */
            from: components["schemas"]["Contact"];
            /** @description The survivor. */
            into: components["schemas"]["Contact"];
            /**
             * Format: int64
             * @description How many notes would move.
             */
            notes: number;
            /** @description What speaks for it. */
            proof: components["schemas"]["Proof"][];
            /** @description Whether the company's own systems say that they are two customers. Then each would see the other's conversations in their chat. */
            proved_apart: boolean;
        };
        /** @description A message. */
        Message: {
            /** @description Its files. */
            attachments: components["schemas"]["Attachment"][];
            /** @description Who said it. */
            author: components["schemas"]["Author"];
            /** @description On which channel. */
            channel: string;
            /** @description Where it was said. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            delivery?: components["schemas"]["Delivery"] | null;
            edited_at?: components["schemas"]["Moment"] | null;
            /** @description Names it. */
            id: components["schemas"]["MessageId"];
            identity_id?: components["schemas"]["IdentityId"] | null;
            /** @description In which inbox. */
            inbox_id: components["schemas"]["InboxId"];
            /** @description The `Idempotency-Key` it was sent with; only shown to its author. */
            key?: string | null;
            /** @description What it is. */
            kind: components["schemas"]["MessageKind"];
            /** @description Agents mentioned in a note, also as members of a team. */
            mentions: components["schemas"]["AgentId"][];
            redacted?: components["schemas"]["Redacted"] | null;
            /**
             * Format: int64
             * @description Its number there: 1, 2, 3 ...
             */
            seq: number;
            system?: components["schemas"]["SystemLine"] | null;
            /** @description Teams mentioned in a note. */
            team_mentions: components["schemas"]["TeamId"][];
            /** @description What was said; empty for system lines. */
            text: string;
            verification?: components["schemas"]["Verification"] | null;
        };
        /** @description What a message shall say. */
        MessageEdit: {
            /** @description The text, at most 20,000 characters. May be empty when the message has files. */
            text: string;
        };
        /**
         * Format: uuid
         * @description A message of a conversation.
         */
        MessageId: string;
        /** @enum {string} */
        MessageKind: "inbound" | "reply" | "note" | "system";
        /** @description A page of a list. */
        MessagePage: {
            items: components["schemas"]["Message"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        Method: "manual" | "round_robin" | "least_loaded";
        /** @enum {string} */
        Mode: "reply" | "note";
        /** Format: date-time */
        Moment: string;
        /** @description A new agent. */
        NewAgent: {
            /** @description Signs in with it. */
            email: string;
            /** @description What they may do and where. */
            grants: components["schemas"]["GrantSpec"][];
            /** @description Language of their console; English when left out. */
            language?: string | null;
            /** @description As customers see it. */
            name: string;
            /** @description Their teams. */
            team_ids?: components["schemas"]["TeamId"][];
        };
        /** @description An attribute to add. */
        NewAttribute: {
            /** @description What may be chosen; at most 100. */
            choices?: components["schemas"]["Choice"][];
            /** @description Whether agents do not resolve a conversation without it. */
            is_required?: boolean;
            /** @description Small letters, digits and underscores, beginning with a letter; at most 40. */
            key: string;
            /** @description What its values are. */
            kind: components["schemas"]["AttributeKind"];
            /**
             * Format: double
             * @description The greatest number, or the most characters.
             */
            maximum?: number | null;
            /**
             * Format: double
             * @description The least number, or the fewest characters.
             */
            minimum?: number | null;
            /** @description Its name, by language; at most 60 characters each. */
            names: components["schemas"]["Localised"];
            /** @description Of what it is kept. */
            of: components["schemas"]["AttributeOf"];
            /** @description A regular expression for texts. */
            pattern?: string | null;
        };
        /** @description A new brand; what is left out has a sensible default. */
        NewBrand: {
            /** @description The rest. */
            accent?: string | null;
            hours?: components["schemas"]["Hours"] | null;
            /** @description Languages it answers in; all five when left out. */
            languages?: string[] | null;
            /** @description As customers know it. */
            name: string;
            /** @description What it promises. */
            promise?: components["schemas"]["Localised"];
            service_model?: components["schemas"]["ServiceModel"] | null;
            /** @description Holidays, and days with other hours. */
            special_days?: components["schemas"]["SpecialDay"][];
            tone?: components["schemas"]["Tone"] | null;
        };
        /** @description A canned response to add. */
        NewCannedResponse: {
            /** @description What it is for, in lists; at most 80 characters. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description What is typed after a slash to get it: letters, digits, `-`, `_` and `.`, at most 40. */
            shortcut: string;
            /** @description Its text, by language; at most 10,000 characters each. `{{contact.first_name|there}}` is filled in when it is used. */
            texts: components["schemas"]["Localised"];
        };
        /** @description A company to add. */
        NewCompany: {
            /** @description Its domains, e.g. `example.com`; at most 20. */
            domains?: string[];
            /** @description Its name, at most 120 characters. */
            name: string;
            /** @description What the team should know of it; at most 10,000 characters. */
            note?: string;
        };
        /** @description A new contact. */
        NewContact: {
            /** @description What the company keeps of them, by the key of the attribute. */
            attributes?: Record<string, never>;
            /**
             * @description Ways they are known by.
             * @default []
             */
            identities?: components["schemas"]["NewIdentity"][];
            /**
             * @description Their language.
             * @default null
             */
            language?: string | null;
            /**
             * @description Their name.
             * @default null
             */
            name?: string | null;
            /**
             * @description Their time zone.
             * @default null
             */
            time_zone?: string | null;
        };
        /** @description A note. */
        NewContactNote: {
            text: string;
        };
        /** @description A contact reason to add. */
        NewContactReason: {
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Its name, by language; at most 60 characters each. */
            names: components["schemas"]["Localised"];
            parent_id?: components["schemas"]["ContactReasonId"] | null;
            /**
             * Format: int64
             * @description Its place; last when left out.
             */
            position?: number | null;
        };
        /** @description A new link, from the conversation of the address to another one. */
        NewConversationLink: {
            /** @description What it is. */
            kind: components["schemas"]["ConversationLinkKind"];
            to_id?: components["schemas"]["ConversationId"] | null;
            /**
             * Format: int64
             * @description Instead: its case number.
             */
            to_number?: number | null;
        };
        /** @description What the shop reports. */
        NewEvent: {
            name: string;
            occurred_at?: components["schemas"]["Moment"] | null;
            properties?: Record<string, never>;
        };
        /** @description A fact to be written down. */
        NewFact: {
            /** @description What it is about. */
            kind: components["schemas"]["FactKind"];
            /** @description The day on which it was learned; today in UTC unless told. */
            learned_on?: string | null;
            /** @description From where, e.g. `said in the shop`; at most 200 characters. */
            source: string;
            /** @description What is known; at most 1,000 characters. */
            text: string;
        };
        /** @description An identity to be added. */
        NewIdentity: {
            /** @description `external`, `email` or `phone`. */
            kind: components["schemas"]["IdentityKind"];
            /** @description The address, number or id. */
            value: string;
        };
        /** @description A new inbox. */
        NewInbox: {
            /** @description The brand it speaks for. */
            brand_id: components["schemas"]["BrandId"];
            /** @description Its kind. */
            channel: components["schemas"]["Channel"];
            location_id?: components["schemas"]["LocationId"] | null;
            /** @description Its name, for the team. */
            name: string;
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @description Which kind of link is wanted. */
        NewLink: {
            kind: components["schemas"]["LinkKind"];
        };
        /** @description A new location or region. */
        NewLocation: {
            /** @description Street and number. */
            address?: string;
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Its city. */
            city?: string;
            /** @description ISO 3166-1 alpha-2. */
            country?: string | null;
            hours?: components["schemas"]["Hours"] | null;
            /**
             * @description Whether those of its region and brand hold here as well; they do when left out.
             * @default true
             */
            inherits_special_days?: boolean;
            /** @description Region or location. */
            kind: components["schemas"]["LocationKind"];
            /** @description Its name. */
            name: string;
            parent_id?: components["schemas"]["LocationId"] | null;
            /** @description Its own holidays, and days with other hours. */
            special_days?: components["schemas"]["SpecialDay"][];
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @description A macro to add. */
        NewMacro: {
            /** @description What it does, at most 20 actions. Later ones win over earlier ones. */
            actions: components["schemas"]["Action"][];
            mode?: components["schemas"]["Mode"] | null;
            /** @description What it is for; at most 80 characters. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description Its text, by language, with variables as in canned responses; at most 10,000 characters each. */
            texts?: components["schemas"]["Localised"];
        };
        /** @description Contacts who belong to a company from now on. */
        NewMembers: {
            /** @description Who; at most 100. */
            contact_ids: components["schemas"]["ContactId"][];
        };
        /** @description Two contacts to be made one. */
        NewMerge: {
            /** @description Also where the company's own systems say that they are two customers. */
            although_proved_apart?: boolean;
            /** @description Who becomes part of the contact. */
            from_id: components["schemas"]["ContactId"];
        };
        /** @description A note for the team. */
        NewNote: {
            /** @description Files uploaded before. */
            attachment_ids?: components["schemas"]["FileId"][];
            /** @description Agents who should look. */
            mentions?: components["schemas"]["AgentId"][];
            /** @description Teams whose members should look, as far as they may see the conversation. */
            team_mentions?: components["schemas"]["TeamId"][];
            /** @description What is said, at most 20,000 characters. */
            text: string;
        };
        /** @description A reply to the customer. */
        NewReply: {
            /** @description Files uploaded before. */
            attachment_ids?: components["schemas"]["FileId"][];
            identity_id?: components["schemas"]["IdentityId"] | null;
            /**
             * Format: int64
             * @description The newest message the writer has seen. With it, a colleague's reply in the meantime is told instead of doubled.
             */
            seen_seq?: number | null;
            /** @description What is said, at most 20,000 characters. May be empty with attachments. */
            text: string;
            then?: components["schemas"]["Then"] | null;
        };
        /** @description A new role. */
        NewRole: {
            /** @description Its name. */
            name: string;
            /** @description What it may do. */
            permissions: components["schemas"]["Permission"][];
        };
        /** @description A rule to add. */
        NewRule: {
            /** @description What it does, at most 20 actions. Later ones win over earlier ones. */
            actions?: components["schemas"]["Action"][];
            /**
             * @description What must hold then, as in saved views, and over `previous_status`, `previous_priority`, `previous_assignee`, `previous_team`,
             *     `done_by` and `message`; `{"all": []}` holds always.
             */
            condition: components["schemas"]["Condition"];
            /** @description Whether it runs; unless told, it does. */
            enabled?: boolean;
            mode?: components["schemas"]["Mode"] | null;
            /** @description What it is called; at most 80 characters. The team reads it in the conversation, customers do not. */
            name: string;
            /** @description Whose conversations it is for: `everyone`, `brand` or `team`. */
            sharing: components["schemas"]["Sharing"];
            /** @description Whether later rules do not run for the same event. */
            stops?: boolean;
            /** @description Its text, by language, with variables as in canned responses; at most 10,000 characters each. */
            texts?: components["schemas"]["Localised"];
            /** @description When it looks. */
            trigger: components["schemas"]["Trigger"];
        };
        /** @description A view to save. */
        NewSavedView: {
            /** @description Which conversations are in it: `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}` or `{"field": ..., "op": ..., "value": ...}`, at most 40 clauses. */
            condition: components["schemas"]["Condition"];
            /** @description Shown how; as cards unless told. */
            layout?: components["schemas"]["ViewLayout"];
            /** @description What it is called; at most 60 characters. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description In which order; what something happened in last first, unless told. */
            sort?: components["schemas"]["ViewSort"];
        };
        /** @description A reply for later. */
        NewScheduledReply: {
            /** @description Files uploaded before. */
            attachment_ids?: components["schemas"]["FileId"][];
            identity_id?: components["schemas"]["IdentityId"] | null;
            /** @description When it goes out, within a year. */
            send_at: components["schemas"]["Moment"];
            /** @description What is said, at most 20,000 characters. May be empty with attachments. */
            text: string;
            then?: components["schemas"]["Then"] | null;
        };
        /** @description What somebody who opens a session tells. */
        NewSession: {
            /**
             * @description A JWT by which the shop vouches for its customer.
             * @default null
             */
            identity?: string | null;
            /**
             * @description The visitor's language.
             * @default null
             */
            language?: string | null;
            /**
             * @description The visitor's time zone.
             * @default null
             */
            time_zone?: string | null;
        };
        /** @description A new signing key with its secret. */
        NewSigningKey: {
            /** @description When it was made. */
            created_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["SigningKeyId"];
            /** @description The secret; it is never shown again. */
            secret: string;
        };
        /** @description A new policy. */
        NewSlaPolicy: {
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Only conversations whose customer last wrote on this channel. */
            channel?: string | null;
            location_id?: components["schemas"]["LocationId"] | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Its place in the order; the last when left out.
             */
            position?: number | null;
            /** @description Only conversations of these priorities. */
            priorities?: components["schemas"]["Priority"][];
            /** @description What it promises. */
            targets: components["schemas"]["Targets"];
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @description A new team. */
        NewTeam: {
            hours?: components["schemas"]["Hours"] | null;
            /**
             * @description Whether those of location and brand hold for it as well; they do when left out.
             * @default true
             */
            inherits_special_days?: boolean;
            /** @description Who is in it. */
            member_ids?: components["schemas"]["AgentId"][];
            /** @description Its name. */
            name: string;
            /** @description Its own special days. */
            special_days?: components["schemas"]["SpecialDay"][];
        };
        /** @description A new token. */
        NewToken: {
            expires_at?: components["schemas"]["Moment"] | null;
            /** @description What it is for. */
            name: string;
            /**
             * Format: int64
             * @description How many requests it may make each minute, 1 to 6000; 600 unless told.
             */
            per_minute?: number | null;
            /** @description `*` for all that its owner may do, or permissions separated by commas. */
            scope: string;
        };
        /** @description A note on a contact. */
        Note: {
            author_id?: components["schemas"]["AgentId"] | null;
            /** @description Their name. */
            author_name?: string | null;
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["NoteId"];
            /** @description What it says. */
            text: string;
        };
        /**
         * Format: uuid
         * @description A note on a contact.
         */
        NoteId: string;
        /** @description A page of a list. */
        NotePage: {
            items: components["schemas"]["Note"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A macro as it would run on one conversation. */
        OfferedMacro: {
            /** @description What it does. */
            actions: components["schemas"]["Action"][];
            /** @description Names it. */
            id: components["schemas"]["MacroId"];
            /** @description The language of the text, chosen as for canned responses. */
            language: string;
            last_used_at?: components["schemas"]["Moment"] | null;
            /** @description Variables that had nothing to say and no words in their stead. */
            missing: string[];
            mode?: components["schemas"]["Mode"] | null;
            /** @description What it is for. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description The text with its variables filled in. */
            text: string;
        };
        /** @description A page of a list. */
        OfferedMacroPage: {
            items: components["schemas"]["OfferedMacro"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A canned response as it would stand in one conversation. */
        OfferedResponse: {
            /** @description Names it. */
            id: components["schemas"]["CannedResponseId"];
            /** @description The language of the text: the customer's if there is one, else one of the brand's, else any. */
            language: string;
            last_used_at?: components["schemas"]["Moment"] | null;
            /** @description Variables that had nothing to say and no words in their stead. */
            missing: string[];
            /** @description What it is for. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description What is typed after a slash to get it. */
            shortcut: string;
            /** @description The text with its variables filled in. */
            text: string;
        };
        /** @description A page of a list. */
        OfferedResponsePage: {
            items: components["schemas"]["OfferedResponse"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        On: "conversation_created" | "message_received" | "reply_sent" | "note_added" | "status_changed" | "reopened" | "assignee_changed" | "team_changed" | "priority_changed" | "tags_changed" | "contact_reason_changed" | "attributes_changed" | "deadline_near" | "deadline_missed" | "unanswered_for" | "inactive_for" | "resolved_for";
        /** @enum {string} */
        Op: "is" | "is_not" | "one_of" | "none_of" | "all_of" | "empty" | "not_empty" | "contains" | "contains_not" | "at_least" | "at_most" | "before" | "after" | "longer_ago_than" | "within_last" | "within_next";
        /** @description One opening of a day. `to` is `24:00` for the end of the day. */
        Opening: {
            /** @description The day. */
            day: components["schemas"]["Day"];
            /**
             * @description `HH:MM` by the wall clock.
             * @example 09:00
             */
            from: string;
            /**
             * @description `HH:MM`, later than `from`.
             * @example 18:00
             */
            to: string;
        };
        /** @enum {string} */
        Outcome: "done" | "unchanged" | "failed";
        /** @description Two who might be one. */
        Pair: {
            /** @description The one that was added first. */
            contact: components["schemas"]["Contact"];
            /** @description The other. */
            other: components["schemas"]["Contact"];
            /** @description What speaks for it. */
            proof: components["schemas"]["Proof"][];
        };
        /** @description A page of a list. */
        PairPage: {
            items: components["schemas"]["Pair"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A part of a conversation, and what taking it apart again would do. */
        Part: {
            /** @description Names it. */
            id: components["schemas"]["ConversationId"];
            /** @description Into which conversation it was merged; when that is a part itself, that one has to be taken apart first. */
            into_id: components["schemas"]["ConversationId"];
            /** @description When. */
            merged_at: components["schemas"]["Moment"];
            merged_by?: components["schemas"]["AgentId"] | null;
            /**
             * Format: int64
             * @description How many messages were said in it, to the customer and by them.
             */
            messages: number;
            /**
             * Format: int64
             * @description Its case number.
             */
            number: number;
            /**
             * Format: int64
             * @description How many messages of the customer came since by the chats it came with: they go back with it.
             */
            returning: number;
            /**
             * Format: int64
             * @description How many answers were given since: they stay.
             */
            staying: number;
            /** @description What it is about. */
            subject: string;
        };
        /** @description A page of a list. */
        PartPage: {
            items: components["schemas"]["Part"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description An agent who takes part in a conversation: wrote in it, follows it or was added. */
        Participant: {
            /** @description Who. */
            agent_id: components["schemas"]["AgentId"];
        };
        /** @description A page of a list. */
        ParticipantPage: {
            items: components["schemas"]["Participant"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description One's password, once more. */
        Password: {
            password: string;
        };
        /** @description Old and new password. */
        PasswordChange: {
            current: string;
            new: string;
        };
        /** @enum {string} */
        Permission: "conversations.read" | "conversations.note" | "conversations.write" | "conversations.assign" | "contacts.read" | "contacts.write" | "contacts.import" | "people.read" | "agents.manage" | "teams.manage" | "roles.manage" | "tokens.manage" | "places.manage" | "inboxes.manage" | "canned_responses.manage" | "macros.manage" | "contact_reasons.manage" | "audit.read" | "saved_views.manage" | "sla_policies.manage" | "attributes.manage" | "conversations.redact" | "automation.manage";
        /** @description The newest thing said. */
        Preview: {
            /** @description Who said it. */
            author_kind: components["schemas"]["ActorKind"];
            /** @description Their name. */
            author_name?: string | null;
            /** @description What it was. */
            kind: components["schemas"]["MessageKind"];
            /** @description At most 160 characters of it. */
            text: string;
        };
        /** @description A contact as it would be. */
        PreviewContact: {
            /** @description What the company keeps of them. */
            attributes: Record<string, never>;
            /** @description The company's name. */
            company?: string | null;
            /** @description Whether that company is new. */
            company_is_new: boolean;
            /** @description The country. */
            country?: string | null;
            /** @description E-mail addresses. */
            emails: string[];
            /** @description Ids in the company's own systems. */
            external_ids: string[];
            /** @description The language. */
            language?: string | null;
            /** @description The name. */
            name?: string | null;
            /** @description Notes that would be written. */
            notes: string[];
            /** @description Phone numbers. */
            phones: string[];
            /** @description The time zone. */
            time_zone?: string | null;
        };
        /** @description What one row would do. */
        PreviewRow: {
            /** @description The contact as it would be. */
            contact: components["schemas"]["PreviewContact"];
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description Its line in the file.
             */
            line: number;
            /** @description What becomes of it. */
            outcome: components["schemas"]["RowOutcome"];
            /** @description What is wrong with it, and how to mend it. */
            problem?: string | null;
            /**
             * Format: int64
             * @description The earlier line that is about the same contact.
             */
            same_as_line?: number | null;
        };
        /** @description A page of a list. */
        PreviewRowPage: {
            items: components["schemas"]["PreviewRow"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        Priority: "low" | "normal" | "high" | "urgent";
        /** @description What went wrong and how to mend it (RFC 9457). `type` is stable: urn:rapport:problem:<code>. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Names the line in the server's log. */
            reference?: string;
            errors?: {
                pointer?: string;
                detail?: string;
            }[];
        };
        /** @description What customers are promised for a first answer. */
        Promise: {
            answer_by?: components["schemas"]["Moment"] | null;
            /** @description Whether only time counts in which it is open. */
            business_time: boolean;
            /**
             * Format: int64
             * @description Within so many seconds.
             */
            seconds: number;
        };
        /** @description Something two contacts have in common. */
        Proof: {
            /** @description The key of the attribute. */
            attribute?: string | null;
            /** @description What. */
            kind: components["schemas"]["ProofKind"];
            /** @description The address, number, name or value. */
            value: string;
        };
        /** @enum {string} */
        ProofKind: "email" | "phone" | "external" | "name" | "mailbox" | "phone_end" | "company" | "attribute";
        /** @description Where somebody stands in the queue. */
        QueuePlace: {
            /**
             * Format: int64
             * @description How long it takes by how fast the queue moved in the last half hour; none when too little is known to say.
             */
            expected_wait_seconds?: number | null;
            /**
             * Format: int64
             * @description 1 is next; none when they stand in no queue that is served.
             */
            position?: number | null;
        };
        /** @description Up to where one has read. */
        ReadUpTo: {
            /** Format: int64 */
            seq: number;
        };
        /** @enum {string} */
        Reason: "not_all_day" | "past" | "cancelled" | "too_long" | "unreadable";
        /** @description Up to where messages were shown or read. */
        Receipt: {
            conversation_id: components["schemas"]["ConversationId"];
            /** Format: int64 */
            seq: number;
            state: components["schemas"]["Heard"];
        };
        /** @description Codes that work once each, in place of the app; shown this once. */
        RecoveryCodes: {
            /** @description The codes. */
            recovery_codes: string[];
        };
        /** @description Who removed a message's text and files, and when. */
        Redacted: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Their name then. */
            by?: string | null;
        };
        /** @description A change of a role; what is left out stays. */
        RoleChange: {
            /**
             * @description New name, for one of the company's own.
             * @default null
             */
            name?: string | null;
            /**
             * @description What it may do from now on; null puts one that comes with Rapport back to what it was.
             * @default null
             */
            permissions?: components["schemas"]["Permission"][] | null;
        };
        /** @description Names a role: a word for those that come with Rapport, an id for the company's own. */
        RoleKey: string;
        /** @description A role: a set of permissions that is granted over a part of the company. */
        RoleView: {
            /** @description Who has it. */
            agent_ids: components["schemas"]["AgentId"][];
            /** @description Whether it comes with Rapport. */
            built_in: boolean;
            /** @description Whether one that comes with Rapport may do something else here. */
            changed: boolean;
            /** @description Names it, as grants do. */
            id: components["schemas"]["RoleKey"];
            /** @description The name of one of the company's own; null for those that come with Rapport. */
            name?: string | null;
            /** @description What it may do. */
            permissions: components["schemas"]["Permission"][];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A page of a list. */
        RoleViewPage: {
            items: components["schemas"]["RoleView"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        RowOutcome: "created" | "updated" | "unchanged" | "refused";
        /** @description A rule. */
        Rule: {
            /** @description What it does, in this order, after its text was written. */
            actions: components["schemas"]["Action"][];
            /** @description When it was last changed. */
            changed_at: components["schemas"]["Moment"];
            /** @description What must hold then. */
            condition: components["schemas"]["Condition"];
            /** @description Whether it runs. */
            enabled: boolean;
            /** @description Names it. */
            id: components["schemas"]["RuleId"];
            last_run_at?: components["schemas"]["Moment"] | null;
            /** @description Whether the viewer may change it. */
            may_change: boolean;
            mode?: components["schemas"]["Mode"] | null;
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description How often it ran.
             */
            run_count: number;
            /** @description Whose conversations it is for: everyone's, a brand's or a team's. */
            sharing: components["schemas"]["Sharing"];
            /** @description Whether later rules do not run for the same event. */
            stops: boolean;
            /** @description Its text, by language. */
            texts: components["schemas"]["Localised"];
            /** @description When it looks. */
            trigger: components["schemas"]["Trigger"];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a rule; what is left out stays. */
        RuleChange: {
            /**
             * @description New actions, all of them.
             * @default null
             */
            actions?: components["schemas"]["Action"][] | null;
            /** @default null */
            condition?: components["schemas"]["Condition"] | null;
            /**
             * @description Whether it runs from now on.
             * @default null
             */
            enabled?: boolean | null;
            /** @default null */
            mode?: components["schemas"]["Mode"] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            sharing?: components["schemas"]["Sharing"] | null;
            /**
             * @description Whether later rules do not run for the same event.
             * @default null
             */
            stops?: boolean | null;
            /** @default null */
            texts?: components["schemas"]["Localised"] | null;
            /** @default null */
            trigger?: components["schemas"]["Trigger"] | null;
        };
        /**
         * Format: uuid
         * @description What is done by itself when something happens.
         */
        RuleId: string;
        /** @description A page of a list. */
        RulePage: {
            items: components["schemas"]["Rule"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A new place in the order. */
        RulePlace: {
            before_id?: components["schemas"]["RuleId"] | null;
        };
        /** @description What a rule did once, and why. */
        RuleRun: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description In which conversation. */
            conversation_id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description Its case number.
             */
            conversation_number: number;
            /** @description What it is about. */
            conversation_subject: string;
            /**
             * Format: int64
             * @description How many reactions led to the event.
             */
            depth: number;
            /** @description What was to be done and what became of it. */
            done: components["schemas"]["Done"][];
            /** @description The clauses of its condition that held. */
            held: components["schemas"]["Clause"][];
            /** @description Names it. */
            id: components["schemas"]["RunId"];
            /** @description How it ended. */
            outcome: components["schemas"]["RunOutcome"];
            /**
             * Format: int64
             * @description The position of the event; none when time brought it.
             */
            position?: number | null;
            /** @description Which rule; it may be gone. */
            rule_id: components["schemas"]["RuleId"];
            /** @description What it was called then. */
            rule_name: string;
            /** @description What made it look. */
            trigger: components["schemas"]["On"];
        };
        /** @description A page of a list. */
        RuleRunPage: {
            items: components["schemas"]["RuleRun"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /**
         * Format: uuid
         * @description What a rule did once.
         */
        RunId: string;
        /** @description How a macro is run. */
        RunMacro: {
            /**
             * @description Whether a text is sent although a variable has nothing to say: somebody has read it.
             * @default false
             */
            accept_missing?: boolean;
            /**
             * Format: int64
             * @description The newest message the agent has seen; with it, a colleague's reply in the meantime is told instead of doubled.
             * @default null
             */
            seen_seq?: number | null;
        };
        /** @enum {string} */
        RunOutcome: "done" | "failed" | "stopped" | "loop";
        /** @description What a visitor says. */
        Said: {
            /** @description Files uploaded before. */
            attachment_ids?: components["schemas"]["FileId"][];
            page?: components["schemas"]["ChatPage"] | null;
            /** @description The text, at most 10,000 characters. May be empty with files. */
            text: string;
        };
        /** @description A saved view. */
        SavedView: {
            /** @description When it was last changed. */
            changed_at: components["schemas"]["Moment"];
            /** @description Which conversations are in it. */
            condition: components["schemas"]["Condition"];
            /**
             * Format: int64
             * @description How many conversations of it the viewer may see.
             */
            count: number;
            /** @description Names it. */
            id: components["schemas"]["SavedViewId"];
            /** @description Shown how. */
            layout: components["schemas"]["ViewLayout"];
            /** @description Whether the viewer may change it. */
            may_change: boolean;
            /** @description What it is called. */
            name: string;
            /** @description Whom it is for. */
            sharing: components["schemas"]["Sharing"];
            /** @description In which order. */
            sort: components["schemas"]["ViewSort"];
            /** @description How far it is. */
            state: components["schemas"]["ViewState"];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a view; what is left out stays. */
        SavedViewChange: {
            /** @default null */
            condition?: components["schemas"]["Condition"] | null;
            /** @default null */
            layout?: components["schemas"]["ViewLayout"] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /** @default null */
            sharing?: components["schemas"]["Sharing"] | null;
            /** @default null */
            sort?: components["schemas"]["ViewSort"] | null;
        };
        /**
         * Format: uuid
         * @description A list that somebody works through.
         */
        SavedViewId: string;
        /** @description A page of a list. */
        SavedViewPage: {
            items: components["schemas"]["SavedView"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A reply that waits for its time. */
        ScheduledReply: {
            /** @description Who wrote it. */
            agent_id: components["schemas"]["AgentId"];
            /** @description Its files. */
            attachments: components["schemas"]["Attachment"][];
            /** @description Where it will be said. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description When it was written. */
            created_at: components["schemas"]["Moment"];
            /** @description Names it. */
            id: components["schemas"]["ScheduledReplyId"];
            identity_id?: components["schemas"]["IdentityId"] | null;
            /** @description When it goes out. */
            send_at: components["schemas"]["Moment"];
            /** @description What it says. */
            text: string;
            then?: components["schemas"]["Then"] | null;
        };
        /** @description A change of a reply that waits; what is left out stays. */
        ScheduledReplyChange: {
            /** @default null */
            send_at?: components["schemas"]["Moment"] | null;
            /**
             * @description Another text.
             * @default null
             */
            text?: string | null;
        };
        /**
         * Format: uuid
         * @description A reply that waits for its time.
         */
        ScheduledReplyId: string;
        /** @description A page of a list. */
        ScheduledReplyPage: {
            items: components["schemas"]["ScheduledReply"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description Whether one has a second factor. */
        SecondFactor: {
            /** @description Whether signing in asks for it. */
            on: boolean;
            /**
             * Format: int64
             * @description Recovery codes that still work.
             */
            recovery_codes: number;
            /** @description Whether the company demands one of everybody. */
            required: boolean;
            since?: components["schemas"]["Moment"] | null;
        };
        /** @enum {string} */
        ServiceModel: "concierge" | "do_it_yourself";
        /** @description A signed-in browser. */
        Session: {
            /** @description When it signed in. */
            created_at: components["schemas"]["Moment"];
            /** @description The one that asks. */
            current: boolean;
            /** @description Names it. */
            id: components["schemas"]["SessionId"];
            /** @description When it was last used, to within five minutes. */
            last_seen_at: components["schemas"]["Moment"];
            /** @description The browser, in its own words. */
            user_agent: string;
        };
        /**
         * Format: uuid
         * @description A signed-in browser of an agent.
         */
        SessionId: string;
        /** @description A session as its holder sees it. */
        SessionMade: {
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description The version of the protocol.
             */
            protocol: number;
            /** @description To be sent as Bearer token. */
            session_token: string;
            /** @description How sure it is who this is. */
            verification: components["schemas"]["Verification"];
            /** @description Names the session. */
            visitor_id: components["schemas"]["VisitorId"];
        };
        /** @description A page of a list. */
        SessionPage: {
            items: components["schemas"]["Session"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A session, as its holder may know it. */
        SessionView: {
            contact?: components["schemas"]["ChatContact"] | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            verification: components["schemas"]["Verification"];
            visitor_id: components["schemas"]["VisitorId"];
        };
        /** @enum {string} */
        SharedWith: "me" | "team" | "brand" | "everyone";
        /** @description Whom it is for. */
        Sharing: {
            brand_id?: components["schemas"]["BrandId"] | null;
            team_id?: components["schemas"]["TeamId"] | null;
            /** @description Who uses it. */
            with: components["schemas"]["SharedWith"];
        };
        /** @description Address and password. */
        SignIn: {
            /** @description The code of one's second factor, when a try without it was answered with `second_factor_needed`. */
            code?: string | null;
            email: string;
            password: string;
        };
        /** @description What the company demands of whoever signs in. */
        SignInPolicy: {
            /** @description Whether every agent must have a second factor. Until they have set one up they may do nothing else. */
            second_factor_required: boolean;
        };
        /** @description A key a shop signs its customers' identities with; the secret is shown once. */
        SigningKey: {
            /** @description When it was made. */
            created_at: components["schemas"]["Moment"];
            /** @description The last four characters of the secret. */
            hint: string;
            /** @description Names it; the `kid` of identity tokens. */
            id: components["schemas"]["SigningKeyId"];
        };
        /**
         * Format: uuid
         * @description A key with which a shop signs its customers' identities.
         */
        SigningKeyId: string;
        /** @description An event that is no special day. */
        Skipped: {
            /** @description What it is called. */
            name: string;
            /** @description Why. */
            reason: components["schemas"]["Reason"];
        };
        /** @description An SLA policy. */
        SlaPolicy: {
            brand_id?: components["schemas"]["BrandId"] | null;
            /** @description Only conversations whose customer last wrote on this channel. */
            channel?: string | null;
            /** @description Names it. */
            id: components["schemas"]["SlaPolicyId"];
            location_id?: components["schemas"]["LocationId"] | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Its place in the order: the first that fits holds.
             */
            position: number;
            /** @description Only conversations of these priorities; of all when empty. */
            priorities: components["schemas"]["Priority"][];
            /** @description What it promises. */
            targets: components["schemas"]["Targets"];
            team_id?: components["schemas"]["TeamId"] | null;
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description A change of a policy; what is left out stays. */
        SlaPolicyChange: {
            /** @default null */
            brand_id?: components["schemas"]["BrandId"] | null;
            /**
             * @description New channel; null for all.
             * @default null
             */
            channel?: string | null;
            /** @default null */
            location_id?: components["schemas"]["LocationId"] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /**
             * Format: int64
             * @description New place in the order.
             * @default null
             */
            position?: number | null;
            /**
             * @description New priorities.
             * @default null
             */
            priorities?: components["schemas"]["Priority"][] | null;
            /** @default null */
            targets?: components["schemas"]["Targets"] | null;
            /** @default null */
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /**
         * Format: uuid
         * @description What is promised on time.
         */
        SlaPolicyId: string;
        /** @description A page of a list. */
        SlaPolicyPage: {
            items: components["schemas"]["SlaPolicy"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description A piece of a text. */
        Snippet: {
            /** @description What was found in it: pairs of beginning and length, in UTF-16 code units. */
            marks: number[][];
            /** @description The piece on one line, `…` where something was left out. */
            text: string;
        };
        /** @description A day that goes before the week: a holiday, or a day with other hours. */
        SpecialDay: {
            /**
             * Format: date
             * @description Which day.
             * @example 2026-12-25
             */
            date: string;
            /** @description Whether it comes every year; a 29 February then comes in leap years. */
            every_year?: boolean;
            /**
             * @description What it is, for whoever keeps it.
             * @example Christmas Day
             */
            name?: string;
            /** @description When it is open; nothing means closed. */
            openings?: components["schemas"]["Stretch"][];
        };
        /** @description What becomes a conversation of its own: some messages, or one and all that follow it. */
        Split: {
            /** @default null */
            from_message_id?: components["schemas"]["MessageId"] | null;
            /**
             * @description These messages; at most 1,000.
             * @default []
             */
            message_ids?: components["schemas"]["MessageId"][];
        };
        /** @description What of a contact a merge may fill in. */
        Standing: {
            /** @description What the company keeps. */
            attributes: Record<string, never>;
            company?: components["schemas"]["CompanyName"] | null;
            /** @description The country. */
            country?: string | null;
            /** @description The first visit or message. */
            first_seen_at: components["schemas"]["Moment"];
            /** @description The language. */
            language?: string | null;
            /** @description The last. */
            last_seen_at: components["schemas"]["Moment"];
            /** @description The name. */
            name?: string | null;
            /** @description The time zone. */
            time_zone?: string | null;
            /** @description The surest of the identities. */
            verification: components["schemas"]["Verification"];
        };
        /** @enum {string} */
        Status: "open" | "waiting" | "snoozed" | "resolved";
        /** @description A step and whether it is done. */
        Step: {
            /** @description Whether it is done. */
            done: boolean;
            /** @description `brand`, `inbox`, `widget_seen`, `colleague` or `first_reply`. */
            step: string;
        };
        /** @description A page of a list. */
        StepPage: {
            items: components["schemas"]["Step"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @description From when to when on a special day. */
        Stretch: {
            /**
             * @description `HH:MM` by the wall clock.
             * @example 10:00
             */
            from: string;
            /**
             * @description `HH:MM`, later than `from`; `24:00` is the end of the day.
             * @example 14:00
             */
            to: string;
        };
        /** @description What happened to a conversation. */
        SystemLine: {
            /** @description What it was before: a word or an id; of a rule what made it run. */
            from?: string | null;
            /** @description What it is now; the name of a macro or rule that was run. */
            to?: string | null;
            /**
             * @description `assigned`, `team_changed`, `status_changed`, `priority_changed`, `tagged`, `untagged`, `identified`, `joined`, `macro_ran`, `rule_ran`, `reason_changed`, `sla_breached`, `merged`, `unmerged`,
             *     `unmerged_from`, `split_off` or `split_from`, `schedule_cancelled` or `schedule_failed`; those about merging and splitting name the case number of the other conversation.
             */
            type: string;
        };
        /** @description Within which time. */
        Target: {
            /** @description Whether only business time counts: the hours of the team, else of the location, else of the brand. */
            business_time: boolean;
            /**
             * Format: int64
             * @description Minutes, at most a year.
             * @example 60
             */
            minutes: number;
            /**
             * Format: int64
             * @description Warned so many minutes before, in the same time; not at all when left out.
             * @example 15
             */
            warn_minutes?: number | null;
        };
        /** @enum {string} */
        TargetKind: "first_response" | "next_response" | "resolution";
        /** @description What a policy promises; what is left out is not promised. */
        Targets: {
            /** @default null */
            first_response?: components["schemas"]["Target"] | null;
            /** @default null */
            next_response?: components["schemas"]["Target"] | null;
            /** @default null */
            resolution?: components["schemas"]["Target"] | null;
        };
        /** @description A team. */
        Team: {
            hours?: components["schemas"]["Hours"] | null;
            /** @description Names it. */
            id: components["schemas"]["TeamId"];
            /** @description Whether those of location and brand hold for it as well. Its own go before them. */
            inherits_special_days: boolean;
            /** @description Who is in it. */
            member_ids: components["schemas"]["AgentId"][];
            /** @description Its name. */
            name: string;
            /** @description Its own holidays, and days with other hours. */
            special_days: components["schemas"]["SpecialDay"][];
            /**
             * Format: int64
             * @description Raised by one in each change.
             */
            version: number;
        };
        /** @description How a team's new work is given out. */
        TeamAssignment: {
            /** @description Whether it is given out only while the team, the location or the brand is open. */
            in_business_hours?: boolean;
            /** @description The method. */
            method: components["schemas"]["Method"];
            /**
             * Format: int64
             * @description After so many minutes in the queue.
             */
            overflow_minutes?: number | null;
            overflow_team_id?: components["schemas"]["TeamId"] | null;
            /** @description Whether who had the customer last goes first, when they have room. */
            previous_agent_first?: boolean;
        };
        /** @description A change of a team; what is left out stays. */
        TeamChange: {
            /** @default null */
            hours?: components["schemas"]["Hours"] | null;
            /**
             * @description Whether those of location and brand hold for it as well.
             * @default null
             */
            inherits_special_days?: boolean | null;
            /**
             * @description New members.
             * @default null
             */
            member_ids?: components["schemas"]["AgentId"][] | null;
            /**
             * @description New name.
             * @default null
             */
            name?: string | null;
            /**
             * @description New special days of its own, all of them.
             * @default null
             */
            special_days?: components["schemas"]["SpecialDay"][] | null;
        };
        /** @description A team and how many of its conversations are open or waiting. */
        TeamCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description The team. */
            team_id: components["schemas"]["TeamId"];
        };
        /**
         * Format: uuid
         * @description A team of agents.
         */
        TeamId: string;
        /** @description A team in the list. */
        TeamInAssignment: {
            /** @description How its work is given out. */
            assignment: components["schemas"]["TeamAssignment"];
            oldest_since?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description How many stand in its queue.
             */
            queued: number;
            /** @description Which. */
            team_id: components["schemas"]["TeamId"];
        };
        /** @description A page of a list. */
        TeamPage: {
            items: components["schemas"]["Team"][];
            /** @description Opaque cursor of the next page. */
            next: string | null;
        };
        /** @enum {string} */
        Then: "resolve" | "snooze_until_answer";
        /** @description A ticket. */
        TicketMade: {
            /** @description Until when. */
            expires_at: components["schemas"]["Moment"];
            /** @description The first frame carries it. */
            token: string;
        };
        /** @description A new token with itself. */
        TokenMade: {
            /** @description What programs send as Bearer; it is never shown again. */
            secret: string;
            /** @description As it is listed. */
            token: components["schemas"]["ApiToken"];
        };
        /** @enum {string} */
        Tone: "formal" | "familiar";
        /** @description A conversation goes to somebody else, with the reason. */
        Transfer: {
            assignee_id?: components["schemas"]["AgentId"] | null;
            /** @description Why, and what whoever gets it should know: a note for the team. */
            reason: string;
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /** @description When a rule looks. */
        Trigger: {
            /**
             * Format: int64
             * @description After how many minutes, for triggers of time: from one to a year's.
             */
            minutes?: number | null;
            /** @description At what. */
            on: components["schemas"]["On"];
        };
        /** @description What taking a merge back would do. */
        UndoPreview: {
            /**
             * Format: int64
             * @description How many conversations go back, with everything that was said in them.
             */
            conversations: number;
            /**
             * Format: int64
             * @description How many identities go back.
             */
            identities: number;
            /** @description The merge. */
            merge: components["schemas"]["Merge"];
            /**
             * Format: int64
             * @description How many notes go back.
             */
            notes: number;
            /**
             * Format: int64
             * @description How many conversations began since and stay with the survivor.
             */
            stay: number;
            /**
             * Format: int64
             * @description In how many of these something was said since the merge.
             */
            written_since: number;
        };
        /** @enum {string} */
        Verification: "none" | "claimed" | "channel_verified" | "signed" | "confirmed";
        /** @description A view and how many are in it. */
        ViewCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description `mine`, `due`, `mentions`, `participating`, `unassigned`, `all` or `snoozed`. */
            view: string;
        };
        /** @enum {string} */
        ViewLayout: "cards" | "table";
        /** @enum {string} */
        ViewSort: "last_activity" | "waiting_since" | "next_deadline" | "newest" | "oldest";
        /** @enum {string} */
        ViewState: "filling" | "ready" | "too_wide" | "leaving";
        /** @description Every view with its count. */
        Views: {
            /** @description The views. */
            items: components["schemas"]["ViewCount"][];
            /** @description The teams the viewer may see something of. */
            teams: components["schemas"]["TeamCount"][];
        };
        /**
         * Format: uuid
         * @description A visitor's browser session in a chat.
         */
        VisitorId: string;
        /** @description A conversation in which a rule would have run. */
        WouldRun: {
            /** @description When what makes the rule look happened, or from when time is counted. */
            at: components["schemas"]["Moment"];
            /** @description Which. */
            conversation_id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description Its case number.
             */
            conversation_number: number;
            /** @description What it is about. */
            conversation_subject: string;
            /** @description What would be done as the conversation stands now. What could fail is not tried. */
            done: components["schemas"]["Done"][];
            /** @description The clauses that hold. */
            held: components["schemas"]["Clause"][];
        };
        /** @description What a conversation is to the viewer. */
        Yours: {
            /** @description Whether the viewer has a draft here. */
            draft: boolean;
            /** @description Whether the viewer is mentioned here. */
            mentioned: boolean;
            /** @description Whether the viewer wrote here. */
            participant: boolean;
            /**
             * Format: int64
             * @description How many of the customer's messages the viewer has read; `inbound_count` minus this is unread.
             */
            read_count: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    post_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_links_inspect: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_links_use: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkUse"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sign_out: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_me: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_me_sessions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Password"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_second_factor_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_second_factor_recovery_codes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_second_factor_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_me_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Views"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations: {
        parameters: {
            query?: {
                /**
                 * @description `mine`, `due` (promised on time, soonest first), `mentions`, `participating`, `unassigned`, `all` (open and waiting), `snoozed` or
                 *     `resolved`; `all` unless told.
                 */
                view?: string | null;
                /** @description Only of this team. */
                team_id?: components["schemas"]["TeamId"] | null;
                /** @description Only of this inbox. */
                inbox_id?: components["schemas"]["InboxId"] | null;
                /** @description Only of this contact, whatever their status. */
                contact_id?: components["schemas"]["ContactId"] | null;
                /** @description Those of everybody in a company. */
                company_id?: components["schemas"]["CompanyId"] | null;
                /** @description Only of this contact reason or one below it, whatever their status. */
                contact_reason_id?: components["schemas"]["ContactReasonId"] | null;
                /** @description Those of a saved view, in its order. */
                saved_view_id?: components["schemas"]["SavedViewId"] | null;
                /** @description Those of a condition, as JSON; `GET /api/v1/conversation-fields` says what may be asked. What takes too long ends with what was found so far, and goes on from `next`. */
                filter?: string | null;
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_conversations_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_messages: {
        parameters: {
            query?: {
                /** @description 1 to 200, 50 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before: older messages. */
                before?: string | null;
                /** @description Instead: messages after this number, oldest first. */
                after_seq?: number | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_replies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReply"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_notes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Transfer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_participants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParticipantPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_conversations_id_participants_agent_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_id_participants_agent_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_conversations_id_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadUpTo"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_id_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_drafts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_conversations_id_drafts_mode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                mode: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftText"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_id_drafts_mode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                mode: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_merge: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeInto"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_parts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_unmerge: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_split: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Split"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_links: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationLinkPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_links: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConversationLink"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationLink"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_id_links_link_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_conversations_id_messages_message_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageEdit"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_messages_message_id_edits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormerTextPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_messages_message_id_redact: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_scheduled_replies: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledReplyPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_scheduled_replies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScheduledReply"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledReply"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_id_scheduled_replies_scheduled_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                scheduled_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_conversations_id_scheduled_replies_scheduled_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
                scheduled_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduledReplyChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledReply"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_canned_responses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferedResponsePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_canned_responses: {
        parameters: {
            query?: {
                /** @description 1 to 200, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedResponsePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_canned_responses: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCannedResponse"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedResponse"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_canned_responses_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Import"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_canned_responses_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_canned_responses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedResponse"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_canned_responses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_canned_responses_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedResponseChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedResponse"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_canned_responses_id_uses: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_macros: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferedMacroPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_conversations_id_macros_macro_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                macro_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunMacro"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_macros: {
        parameters: {
            query?: {
                /** @description 1 to 200, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_macros: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMacro"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macro"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_macros_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macro"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_macros_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_macros_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MacroChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macro"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversation_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationFieldPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_saved_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_saved_views: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSavedView"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_saved_views_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_saved_views_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_saved_views_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedViewChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_automation_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationFieldPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_automation_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_automation_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rule"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_automation_rules_dry_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_automation_rules_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rule"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_automation_rules_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_automation_rules_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rule"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_automation_rules_id_place: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulePlace"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_automation_rules_id_runs: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleRunPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversations_id_rule_runs: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleRunPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_reasons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactReasonPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_reasons: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContactReason"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactReason"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contact_reasons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_contact_reasons_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactReasonChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactReason"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sla_policies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlaPolicyPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sla_policies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSlaPolicy"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlaPolicy"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sla_policies_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_sla_policies_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SlaPolicyChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlaPolicy"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_attributes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttributePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_attributes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAttribute"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attribute"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_attributes_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_attributes_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttributeChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attribute"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignmentSettings"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_teams_id_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamAssignment"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_agents_id_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentProfile"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_files: {
        parameters: {
            query?: {
                /** @description The file's name. */
                name?: string;
            };
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_files_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts: {
        parameters: {
            query?: {
                /** @description Part of a name, or the beginning of an address or number. */
                q?: string | null;
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_contacts_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_id_identities: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdentity"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_id_identities_identity_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                identity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_notes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_id_notes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContactNote"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_id_notes_note_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_companies: {
        parameters: {
            query?: {
                /** @description Part of a name, or the beginning of a domain. */
                q?: string | null;
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_companies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCompany"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_companies_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_companies_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_companies_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_companies_id_contacts: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_companies_id_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMembers"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_companies_id_suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_company_suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_imports: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_imports: {
        parameters: {
            query?: {
                /** @description The file's name. */
                name?: string;
            };
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contact_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_contact_imports_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_imports_id_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewRowPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_imports_id_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_imports_id_stop: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_imports_id_undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_imports_id_kept: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptRowPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_imports_id_refused: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_duplicates: {
        parameters: {
            query?: {
                /** @description How many things in common are looked at, 1 to 50, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_duplicates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicatePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contacts_id_distinct_other_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                other_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_id_distinct_other_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                other_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_merge_preview: {
        parameters: {
            query: {
                /** @description The other contact. */
                from_id: components["schemas"]["ContactId"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_merges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_id_merges: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMerge"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_merges_merge_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                merge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoPreview"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_id_merges_merge_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                merge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_facts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_id_facts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFact"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fact"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_id_facts_fact_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                fact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contacts_id_timeline: {
        parameters: {
            query?: {
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                before?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_id_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_search: {
        parameters: {
            query: {
                /** @description Words, of which the last may be half typed; a number, an address. 200 characters at most, the first twelve words count. */
                q: string;
                /** @description Where: `all` (unless told), `messages`, `notes`, `correspondence` (messages that are no notes), `conversations`, `contacts`, `tags`. */
                in?: string | null;
                /** @description In which language the words are: `en`, `es`, `pt`, `pl`, `ru`. Each of them, unless told. */
                language?: string | null;
                /** @description Only in this brand. */
                brand_id?: components["schemas"]["BrandId"] | null;
                /** @description Only in conversations of this inbox. */
                inbox_id?: components["schemas"]["InboxId"] | null;
                /** @description Only in conversations of this team. */
                team_id?: components["schemas"]["TeamId"] | null;
                /** @description Only in conversations that stand so. */
                status?: components["schemas"]["Status"] | null;
                /** @description Only in conversations of this agent; `me` and `none` are understood. */
                assignee?: string | null;
                /** @description Only in conversations with this tag. */
                tag?: string | null;
                /** @description Only what was written then or later. */
                from?: string | null;
                /** @description Only what was written before then. */
                to?: string | null;
                /** @description From the page before. */
                cursor?: string | null;
                /** @description 1 to 50, 25 unless told. */
                limit?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HitPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_agents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_agents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAgent"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_agents_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_agents_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_agents_id_links: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_agents_id_sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_agents_id_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sign_in_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPolicy"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_sign_in_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInPolicy"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPolicy"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleViewPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_roles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_roles_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_entries: {
        parameters: {
            query?: {
                /** @description Only what this agent did. */
                agent_id?: components["schemas"]["AgentId"] | null;
                /** @description Only what is about this, e.g. `agents`. */
                about?: string | null;
                /** @description Not before this time. */
                from?: components["schemas"]["Moment"] | null;
                /** @description Before this time. */
                to?: components["schemas"]["Moment"] | null;
                /** @description 1 to 100, 25 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_teams: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_teams_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_teams_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_brands: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_brands: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBrand"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_brands_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_brands_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrandChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_locations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocationPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_locations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLocation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Location"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_locations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_locations_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LocationChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Location"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_special_days_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarFile"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Holidays"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_inboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_inboxes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInbox"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_inboxes_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_inboxes_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_inboxes_id_signing_keys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSigningKey"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_inboxes_id_signing_keys_key_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_inbox_key: {
        parameters: {
            query?: {
                /** @description A language tag; that of the browser unless told. */
                language?: string | null;
            };
            header?: never;
            path: {
                inbox_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatConfig"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_inbox_key_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path: {
                inbox_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_identify: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_logout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_conversations: {
        parameters: {
            query?: {
                /** @description 1 to 50, 20 unless told. */
                limit?: number | null;
                /** @description The cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatConversationPage"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePlace"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_messages: {
        parameters: {
            query?: {
                /** @description Messages after this cursor, oldest first; from the beginning without it. */
                after?: string | null;
                /** @description Instead: the newest so many. */
                latest?: number | null;
                /** @description With `latest`: those before this cursor. */
                before?: string | null;
                /** @description 1 to 200, 50 unless told. */
                limit?: number | null;
                /** @description Only those of one conversation. */
                conversation_id?: components["schemas"]["ConversationId"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatPageOfMessages"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Said"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_receipts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Receipt"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_chat_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version the change is based on; 412 when it is not the current one. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimedProfile"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatEvent"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_sightings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatSightings"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_files: {
        parameters: {
            query?: {
                /** @description The file's name. */
                name?: string;
            };
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatFile"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_files_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_live_tickets: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with its key returns the first answer and has no second effect. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketMade"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_live_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_logos_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
