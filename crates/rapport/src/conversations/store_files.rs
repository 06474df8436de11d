//! SQL of files.

use platform::{
    blobs,
    clock::Moment,
    params,
    store::{Result, Row, Tx},
};
use uuid::Uuid;

use super::files::File;
use crate::{
    ids::{ContactId, FileId, MessageId, VisitorId},
    viewer::Viewer,
};

fn read_file(row: &Row<'_>) -> Result<File> {
    Ok(File { id: row.get("id")?, hash: row.get("hash")?, name: row.get("name")?, content_type: row.get("content_type")?, size_bytes: row.get("size_bytes")? })
}

pub(super) fn insert(tx: &mut Tx<'_>, file: &File, uploader: Uuid) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO file (id, hash, name, content_type, size_bytes, uploader, is_public, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![file.id, file.hash, file.name, file.content_type, file.size_bytes, uploader, false, now],
    )
    .map(drop)
}

pub(super) fn attach(tx: &mut Tx<'_>, id: FileId, message: MessageId, uploader: Uuid, public: bool) -> Result<u64> {
    tx.exec("UPDATE file SET message_id = $2, is_public = $4 WHERE id = $1 AND uploader = $3 AND message_id IS NULL", params![id, message, uploader, public])
}

pub(super) fn for_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: FileId) -> Result<File> {
    let (all, who) = viewer.sight();
    tx.one(
        concat!(
            "SELECT f.id, f.hash, f.name, f.content_type, f.size_bytes FROM file f LEFT JOIN message m ON m.id = f.message_id LEFT JOIN conversation c ON c.id = m.conversation_id
             WHERE f.id = $3 AND (f.uploader = $2 OR (c.id IS NOT NULL AND ",
            crate::visible!("c"),
            ") OR EXISTS (SELECT 1 FROM brand b WHERE b.logo_file_id = f.id))"
        ),
        params![all, who, id],
        read_file,
    )
}

pub(super) fn for_visitor(tx: &mut Tx<'_>, id: FileId, visitor: VisitorId, signed: Option<ContactId>) -> Result<File> {
    tx.one(
        "SELECT f.id, f.hash, f.name, f.content_type, f.size_bytes FROM file f LEFT JOIN message m ON m.id = f.message_id LEFT JOIN conversation c ON c.id = m.conversation_id
         WHERE f.id = $1 AND (f.uploader = $2 OR (f.is_public AND (c.contact_id = $3 OR
           EXISTS (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = c.id
             AND (m.visitor_id = $2 OR (m.kind = 'reply' AND m.seq > v.from_seq AND m.seq <= v.until_seq))))))",
        params![id, visitor, signed],
        read_file,
    )
}

/// A brand's logo, which everybody may see: a picture, and never one of a conversation, whatever the brand names.
pub(super) fn logo(tx: &mut Tx<'_>, id: FileId) -> Result<File> {
    tx.one(
        "SELECT f.id, f.hash, f.name, f.content_type, f.size_bytes FROM file f JOIN brand b ON b.logo_file_id = f.id
         WHERE f.id = $1 AND f.message_id IS NULL AND f.content_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')",
        params![id],
        read_file,
    )
}

/// Forgets some; how many, and the hashes of blobs nothing refers to any more.
pub(super) fn delete_unused(tx: &mut Tx<'_>, before: Moment) -> Result<(usize, Vec<String>)> {
    let unused = tx.all(
        "SELECT id, hash FROM file WHERE message_id IS NULL AND created_at < $1 AND NOT EXISTS (SELECT 1 FROM brand b WHERE b.logo_file_id = file.id)
           AND NOT EXISTS (SELECT 1 FROM draft_file d WHERE d.file_id = file.id) LIMIT 100",
        params![before],
        |row| Ok((row.get::<FileId>("id")?, row.get::<String>("hash")?)),
    )?;
    let (forgotten, mut free) = (unused.len(), Vec::new());
    for (id, hash) in unused {
        tx.exec("DELETE FROM file WHERE id = $1", params![id])?;
        if blobs::release(tx, &hash, id.0, before)? {
            free.push(hash);
        }
    }
    Ok((forgotten, free))
}
