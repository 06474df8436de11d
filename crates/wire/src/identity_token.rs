//! The signed identity of a visitor: a JWT (RFC 7519, HS256) a shop makes for a customer who is signed in there.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

/// The longest a token may be valid, in seconds.
pub const LONGEST_SECONDS: i64 = 24 * 3600;
/// Clocks of shop and server may differ by this much, in seconds.
const LEEWAY_SECONDS: i64 = 60;

/// What the shop says of its customer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// The shop's own id of the customer.
    pub sub: String,
    /// When the token ends, in seconds since 1970.
    pub exp: i64,
    /// The customer's name.
    pub name: Option<String>,
    /// The customer's e-mail address.
    pub email: Option<String>,
    /// The customer's phone number.
    pub phone: Option<String>,
    /// The customer's language.
    pub language: Option<String>,
}

/// A key the shop signs with.
pub struct Key {
    /// Named by the token's `kid`.
    pub id: String,
    /// The shared secret, as handed out.
    pub secret: Vec<u8>,
}

/// Why a token is not believed. Told to whoever integrates, never more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not a JWT with HS256, or a claim is missing or of the wrong type.
    #[error("the identity is not a JWT signed with HS256 that has aud, sub and exp")]
    Malformed,
    /// Signed with none of the inbox's keys.
    #[error("the signature fits none of this inbox's keys")]
    Signature,
    /// Made for another inbox.
    #[error("aud is not the key of this inbox")]
    Audience,
    /// Over.
    #[error("the identity has expired")]
    Expired,
    /// Valid for longer than a day.
    #[error("exp is more than 24 hours ahead")]
    TooLong,
}

/// Believes `token` if one of `keys` signed it for `audience` and it is valid at `now` (seconds since 1970).
pub fn verify(token: &str, audience: &str, keys: &[Key], now: i64) -> Result<Claims, Refusal> {
    let header = decode_header(token).map_err(|_| Refusal::Malformed)?;
    if header.alg != Algorithm::HS256 {
        return Err(Refusal::Malformed);
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["aud", "sub", "exp"]);
    // Time is checked below against the caller's clock.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let mut refusal = Refusal::Signature;
    for key in keys.iter().filter(|key| header.kid.as_ref().is_none_or(|kid| *kid == key.id)) {
        match decode::<Claims>(token, &DecodingKey::from_secret(&key.secret), &validation) {
            Ok(decoded) => return check_time(decoded.claims, now),
            Err(error) => {
                use jsonwebtoken::errors::ErrorKind;
                refusal = match error.kind() {
                    ErrorKind::InvalidSignature => refusal,
                    ErrorKind::InvalidAudience => Refusal::Audience,
                    _ => Refusal::Malformed,
                };
            }
        }
    }
    Err(refusal)
}

fn check_time(claims: Claims, now: i64) -> Result<Claims, Refusal> {
    if claims.sub.is_empty() || claims.sub.len() > 200 {
        return Err(Refusal::Malformed);
    }
    if claims.exp <= now - LEEWAY_SECONDS {
        return Err(Refusal::Expired);
    }
    if claims.exp > now + LONGEST_SECONDS + LEEWAY_SECONDS {
        return Err(Refusal::TooLong);
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn keys() -> Vec<Key> {
        vec![Key { id: "new".into(), secret: b"new secret".to_vec() }, Key { id: "old".into(), secret: b"old secret".to_vec() }]
    }

    fn token(secret: &[u8], claims: Value) -> String {
        encode(&Header::default(), &claims, &EncodingKey::from_secret(secret)).unwrap()
    }

    fn honest() -> Value {
        json!({"aud": "inbox", "sub": "customer-7", "exp": NOW + 3600, "name": "Anna"})
    }

    #[test]
    fn either_key_of_a_rotation_is_believed() {
        assert_eq!(verify(&token(b"new secret", honest()), "inbox", &keys(), NOW).unwrap().sub, "customer-7");
        assert_eq!(verify(&token(b"old secret", honest()), "inbox", &keys(), NOW).unwrap().name.as_deref(), Some("Anna"));
    }

    #[test]
    fn everything_else_is_refused_for_its_reason() {
        let changed = |field: &str, value: Value| {
            let mut claims = honest();
            claims[field] = value;
            token(b"new secret", claims)
        };

        assert_eq!(verify(&token(b"other secret", honest()), "inbox", &keys(), NOW), Err(Refusal::Signature));
        assert_eq!(verify(&token(b"new secret", honest()), "inbox", &[], NOW), Err(Refusal::Signature));
        assert_eq!(verify(&changed("aud", json!("other")), "inbox", &keys(), NOW), Err(Refusal::Audience));
        assert_eq!(verify(&changed("exp", json!(NOW - 100)), "inbox", &keys(), NOW), Err(Refusal::Expired));
        assert_eq!(verify(&changed("exp", json!(NOW + 2 * LONGEST_SECONDS)), "inbox", &keys(), NOW), Err(Refusal::TooLong));
        assert_eq!(verify(&changed("sub", json!("")), "inbox", &keys(), NOW), Err(Refusal::Malformed));
        assert_eq!(verify("", "inbox", &keys(), NOW), Err(Refusal::Malformed));
        assert_eq!(verify("null", "inbox", &keys(), NOW), Err(Refusal::Malformed));
    }

    #[test]
    fn a_token_that_names_its_own_algorithm_is_refused() {
        // {"alg":"none"} with honest claims and no signature.
        let none = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJpbmJveCIsInN1YiI6IngiLCJleHAiOjE3OTAwMDM2MDB9.";
        assert_eq!(verify(none, "inbox", &keys(), NOW), Err(Refusal::Malformed));
    }
}
