//! What the columns of a file mean: as somebody said, or as their headings suggest.

use platform::web::Problem;

use super::model::{ExistingContacts, ImportColumn, ImportSettings};
use crate::{attributes::Attribute, check};

/// What a column means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    ExternalId,
    Language,
    TimeZone,
    Country,
    Company,
    Note,
    /// By its place among the definitions.
    Attribute(usize),
}

const OWN: [(&str, Field); 11] = [
    ("name", Field::Name),
    ("first_name", Field::FirstName),
    ("last_name", Field::LastName),
    ("email", Field::Email),
    ("phone", Field::Phone),
    ("external_id", Field::ExternalId),
    ("language", Field::Language),
    ("time_zone", Field::TimeZone),
    ("country", Field::Country),
    ("company", Field::Company),
    ("note", Field::Note),
];

/// Headings of the five languages, without what stands between their words.
const HEADINGS: [(Field, &[&str]); 11] = [
    (
        Field::Name,
        &[
            "name",
            "fullname",
            "contact",
            "contactname",
            "customer",
            "customername",
            "nombre",
            "nombrecompleto",
            "nome",
            "nomecompleto",
            "imieinazwisko",
            "nazwa",
            "имя",
            "фио",
            "полноеимя",
        ],
    ),
    (Field::FirstName, &["firstname", "givenname", "primeronombre", "primeironome", "imie"]),
    (Field::LastName, &["lastname", "surname", "familyname", "apellido", "apellidos", "sobrenome", "apelido", "nazwisko", "фамилия"]),
    (Field::Email, &["email", "emails", "mail", "emailaddress", "correo", "correoelectronico", "adresemail", "электроннаяпочта", "почта"]),
    (
        Field::Phone,
        &[
            "phone",
            "phones",
            "phonenumber",
            "telephone",
            "mobile",
            "mobilephone",
            "cell",
            "telefono",
            "movil",
            "telefone",
            "telemovel",
            "celular",
            "telefon",
            "komorka",
            "телефон",
            "номертелефона",
        ],
    ),
    (
        Field::ExternalId,
        &["externalid", "customerid", "customernumber", "userid", "identificador", "numerodecliente", "numeroklienta", "idklienta", "номерклиента"],
    ),
    (Field::Language, &["language", "locale", "lang", "idioma", "lingua", "jezyk", "язык"]),
    (Field::TimeZone, &["timezone", "zonahoraria", "fusohorario", "strefaczasowa", "часовойпояс"]),
    (Field::Country, &["country", "countrycode", "pais", "kraj", "страна"]),
    (Field::Company, &["company", "companyname", "organization", "organisation", "account", "empresa", "firma", "компания", "организация"]),
    (Field::Note, &["note", "notes", "comment", "comments", "nota", "notas", "notatka", "uwagi", "заметка", "примечание"]),
];

impl Field {
    /// Whether several columns may mean it.
    fn may_repeat(self) -> bool {
        matches!(self, Field::Email | Field::Phone | Field::ExternalId | Field::Note)
    }

    fn read(word: &str, attributes: &[Attribute]) -> Option<Field> {
        if let Some((_, field)) = OWN.iter().find(|(own, _)| *own == word) {
            return Some(*field);
        }
        let key = word.strip_prefix("attribute.")?;
        attributes.iter().position(|attribute| attribute.key == key && attribute.archived_at.is_none()).map(Field::Attribute)
    }

    fn word(self, attributes: &[Attribute]) -> Option<String> {
        match self {
            Field::Attribute(at) => attributes.get(at).map(|attribute| format!("attribute.{}", attribute.key)),
            own => OWN.iter().find(|(_, field)| *field == own).map(|(word, _)| (*word).to_owned()),
        }
    }
}

fn key(heading: &str) -> String {
    check::name_key(heading).chars().filter(|character| character.is_alphanumeric()).collect()
}

fn guess_one(heading: &str, attributes: &[Attribute], is_free: impl Fn(Field) -> bool) -> Option<Field> {
    let key = key(heading);
    if key.is_empty() {
        return None;
    }
    let own = HEADINGS.iter().find(|(field, headings)| headings.iter().any(|heading| self::key(heading) == key) && is_free(*field)).map(|(field, _)| *field);
    let by_name = |attribute: &Attribute| {
        attribute.key == heading
            || heading.strip_prefix("attribute.") == Some(attribute.key.as_str())
            || attribute.names.0.values().any(|name| self::key(name) == key)
    };
    let attribute = || attributes.iter().position(|attribute| attribute.archived_at.is_none() && by_name(attribute)).map(Field::Attribute);
    own.or_else(attribute).filter(|field| is_free(*field))
}

/// Says of each column what its heading suggests.
pub(super) fn guess(columns: &mut [ImportColumn], attributes: &[Attribute]) {
    let mut taken: Vec<Field> = Vec::new();
    for column in columns {
        let field = guess_one(&column.name, attributes, |field| field.may_repeat() || !taken.contains(&field));
        column.field = field.and_then(|field| field.word(attributes));
        taken.extend(field);
    }
}

/// The settings as rows are read by them.
pub(super) struct Reading {
    pub(super) fields: Vec<(String, Option<Field>)>,
    pub(super) existing: ExistingContacts,
    pub(super) phone_country: Option<String>,
    pub(super) attributes: Vec<Attribute>,
}

/// Reads what the columns mean; the refusal says what does not fit together.
pub(super) fn reading(settings: &ImportSettings, attributes: Vec<Attribute>) -> Result<Reading, Problem> {
    let mut fields: Vec<(String, Option<Field>)> = Vec::new();
    for (at, column) in settings.columns.iter().enumerate() {
        let pointer = format!("/fields/{at}");
        let field = column.field.as_deref().map(|word| {
            Field::read(word, &attributes)
                .ok_or_else(|| Problem::invalid(&pointer, format!("There is no field {word}. Choose another for the column “{}”.", column.name)))
        });
        let field = field.transpose()?;
        if let Some(field) = field.filter(|field| !field.may_repeat())
            && let Some((other, _)) = fields.iter().find(|(_, known)| *known == Some(field))
        {
            return Err(Problem::invalid(&pointer, format!("“{other}” and “{}” cannot both be this. Leave one of them out.", column.name)));
        }
        fields.push((column.name.clone(), field));
    }
    Ok(Reading { fields, existing: settings.existing, phone_country: settings.phone_country.clone(), attributes })
}

impl Reading {
    /// Whether any column can name somebody.
    pub(super) fn names_somebody(&self) -> bool {
        use Field::{Email, ExternalId, FirstName, LastName, Name, Phone};
        self.fields.iter().any(|(_, field)| field.is_some_and(|field| [Name, FirstName, LastName, Email, Phone, ExternalId].contains(&field)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headings: &[&str]) -> Vec<Option<String>> {
        let mut columns: Vec<ImportColumn> = headings.iter().map(|name| ImportColumn { name: (*name).to_owned(), samples: Vec::new(), field: None }).collect();
        guess(&mut columns, &[]);
        columns.into_iter().map(|column| column.field).collect()
    }

    #[test]
    fn headings_of_five_languages_are_understood() {
        let is = |fields: [&str; 3]| fields.map(|field| Some(field.to_owned())).to_vec();
        assert_eq!(guessed(&["Full name", "E-mail", "Phone number"]), is(["name", "email", "phone"]));
        assert_eq!(guessed(&["Nombre", "Correo electrónico", "Teléfono"]), is(["name", "email", "phone"]));
        assert_eq!(guessed(&["Nome", "Empresa", "Telemóvel"]), is(["name", "company", "phone"]));
        assert_eq!(guessed(&["Imię i nazwisko", "Strefa czasowa", "Język"]), is(["name", "time_zone", "language"]));
        assert_eq!(guessed(&["Имя", "Почта", "Телефон"]), is(["name", "email", "phone"]));
    }

    #[test]
    fn what_there_is_once_is_guessed_once() {
        let email = Some("email".to_owned());
        assert_eq!(guessed(&["Name", "Nombre", "Mail", "E-Mail", "", "Favourite fruit"]), [Some("name".into()), None, email.clone(), email, None, None]);
    }
}
