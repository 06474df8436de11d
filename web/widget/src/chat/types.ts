export type Availability = {
  open: boolean
  always_open: boolean
  opens_at: string | null
  closes_at: string | null
  expected_wait_seconds: number | null
  measured_over: number
  promise: { seconds: number; business_time: boolean; answer_by: string | null } | null
  agents_available: boolean
}

export type QueuePlace = { position: number | null; expected_wait_seconds: number | null }

export type Config = {
  inbox: { name: string; key: string; max_attachment_bytes: number; ask_email_when_closed: boolean }
  brand: {
    name: string
    accent: string
    on_accent: string
    accent_ink: string
    accent_soft: string
    accent_dark: string | null
    on_accent_dark: string | null
    accent_soft_dark: string | null
    radius: number
    logo_url: string | null
    tone: 'formal' | 'familiar'
    service_model: 'concierge' | 'do_it_yourself'
    promise: string | null
  }
  languages: string[]
  availability: Availability
}

export type Attachment = { id: string; name: string; content_type: string; size_bytes: number }

export type ChatMessage = {
  id: string
  conversation_id: string
  seq: number
  kind: 'inbound' | 'reply'
  mine: boolean
  author: { kind: string; name: string | null }
  text: string
  attachments: Attachment[]
  delivery?: string | null
  created_at: string
  edited_at?: string | null
  redacted?: { by: string | null } | null
  key?: string | null
}

export type Page = { items: ChatMessage[]; changed?: ChatMessage[]; next: string | null; cursor: string | null; earlier?: string | null }

export type Accepted = { id: string; conversation_id: string; seq: number; created_at: string }

export type Shown = { url: string; title?: string; referrer?: string }

/** A frame of the live protocol. Unknown types and fields are ignored by design. */
export type Frame = { type: string; [field: string]: any }
