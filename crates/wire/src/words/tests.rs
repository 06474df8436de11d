use std::collections::BTreeSet;

use super::*;

fn finds(asked: &str, text: &str) -> bool {
    question(asked, None).is_some_and(|wanted| wanted.is_in(&terms(text)))
}

fn marked(asked: &str, text: &str) -> Vec<String> {
    matches(text, &question(asked, None).unwrap()).into_iter().map(|at| text[at].to_owned()).collect()
}

#[test]
fn a_word_is_found_in_its_other_forms_in_all_five_languages() {
    for (asked, text) in [
        ("delivery", "Both deliveries came on the same day and the neighbours took them."),
        ("refund please", "I am still waiting for the refunds, please tell me when they come"),
        ("devolución zapatos", "Quiero saber cómo van mis devoluciones de los zapatos que compré ayer"),
        ("encomenda", "As minhas encomendas ainda não chegaram e eu queria saber porquê"),
        ("przesyłka", "Nie dostałam jeszcze przesyłki, a miała być wczoraj u mnie w domu"),
        ("посылка", "Я до сих пор не получил посылки, хотя они должны были прийти вчера"),
        ("еще", "Посылка ещё не пришла"),
    ] {
        assert!(finds(asked, text), "{asked} in {text}");
        assert!(!marked(asked, text).is_empty(), "{asked} marks nothing in {text}");
    }
}

#[test]
fn words_too_short_to_tell_their_language_are_found_too() {
    for (asked, text) in [("orders", "order?"), ("paczki", "paczka"), ("encomendas", "encomenda!"), ("pedidos", "pedido"), ("заказы", "заказ")] {
        assert!(finds(asked, text), "{asked} in {text}");
    }
    assert!(!finds("order", "border"));
    assert!(!finds("orders shoes", "order?"));
}

#[test]
fn accents_case_and_letters_that_do_not_decompose_do_not_matter() {
    for (asked, text) in [
        ("dotarlo", "Nie dotarło"),
        ("zolty", "ŻÓŁTY"),
        ("żółty", "zolty"),
        ("strasse", "Straße 5"),
        ("smorrebrod", "Smørrebrød"),
        ("cafe", "Cafe\u{301}"),
        ("ＦＵＬＬ", "full width"),
        ("wysylka", "wysyłką"),
    ] {
        assert!(finds(asked, text), "{asked} in {text}");
    }
}

#[test]
fn order_numbers_are_found_as_people_type_them() {
    let text = "My order #A-1043 has not come";
    for asked in ["#A-1043", "A-1043", "a1043", "1043", "#1043", "A 1043", "a-10"] {
        assert!(finds(asked, text), "{asked}");
    }
    for asked in ["1044", "B-1043", "043"] {
        assert!(!finds(asked, text), "{asked}");
    }
    assert_eq!(marked("a1043", text), ["A-1043"]);
}

#[test]
fn an_address_is_found_whole_by_its_beginning_and_by_its_domain_but_not_by_anothers() {
    let text = "Write to Anna.Kowalska@example.com, or see https://shop.example.com/orders/1043?from=mail.";
    for asked in [
        "anna.kowalska@example.com",
        "ANNA.KOWALSKA@EXAMPLE",
        "anna.kow",
        "kowalska",
        "example.com",
        "shop.example.com/orders/1043",
        "https://shop.example.com",
    ] {
        assert!(finds(asked, text), "{asked}");
    }
    for asked in ["bob@example.com", "anna@example.com"] {
        assert!(!finds(asked, text), "{asked}");
    }
}

#[test]
fn a_telephone_number_is_found_however_it_is_written() {
    for text in ["Call +48 601 234 567 please", "601-234-567", "tel. (48) 601.234.567,"] {
        for asked in ["601234567", "+48 601 234 567", "0048601234567", "601 234 567", "234-567", "1234567"] {
            assert!(finds(asked, text), "{asked} in {text}");
        }
        for asked in ["601 234 568", "+48 601 234 5670"] {
            assert!(!finds(asked, text), "{asked} in {text}");
        }
    }
    assert_eq!(marked("601234567", "Call +48 601 234 567 please"), ["48 601 234 567"]);
}

#[test]
fn the_last_word_may_be_half_typed_and_the_others_may_not() {
    assert!(finds("late parc", "the parcel is late"));
    assert!(!finds("parc late", "the parcel is late"));
    assert_eq!(marked("late parc", "the parcel is late"), ["parcel", "late"]);
}

#[test]
fn a_question_without_words_asks_nothing() {
    for empty in ["", "  ", "?!", "-- ;", "\u{200b}", "%", "\\"] {
        assert_eq!(question(empty, None), None, "{empty:?}");
    }
}

/// The strings everybody's fields break on, where the corpora are.
fn naughty() -> Vec<String> {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let there = above.map(|folder| folder.join("shared/corpora/strings/blns.json")).find_map(|path| std::fs::read_to_string(path).ok());
    if there.is_none() {
        eprintln!("skipped: the corpora are not beside the project");
    }
    there.map_or_else(Vec::new, |text| serde_json::from_str(&text).unwrap())
}

#[test]
fn whatever_is_written_is_found_by_its_own_words_and_marked_at_whole_characters() {
    for text in naughty().iter().map(String::as_str).chain(["'' OR 1=1; --", "a\u{301}\u{301}\u{301}b", "ﬁn ǅ İstanbul", "你好世界", "\u{202e}abc", "👩‍👩‍👧 x"])
    {
        let terms = terms(text);
        assert!(terms.iter().all(|term| term.chars().count() <= WORD + 1), "{text:?}");
        assert!(terms.iter().collect::<BTreeSet<_>>().len() == terms.len() && terms.is_sorted(), "{text:?}");
        let Some(wanted) = question(text, None) else { continue };
        assert!(wanted.is_in(&terms), "{text:?} does not find itself");
        let marks = matches(text, &wanted);
        assert!(!marks.is_empty(), "{text:?} marks nothing");
        assert!(marks.windows(2).all(|pair| pair[0].end <= pair[1].start), "{text:?}");
        marks.into_iter().for_each(|at| assert!(!text[at].is_empty()));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures how long it takes")]
fn what_is_made_to_be_slow_is_not() {
    let begun = std::time::Instant::now();
    for text in [
        "a.".repeat(500_000),
        "@".repeat(1_000_000),
        "1-".repeat(500_000),
        "\u{301}".repeat(500_000),
        "x".repeat(1_000_000),
        "+48 ".repeat(250_000),
        "'".repeat(1_000_000),
    ] {
        assert!(terms(&text).len() <= 2 * WORDS, "{}", &text[..4]);
        let _ = question(&text, None).map(|wanted| matches(&text, &wanted));
    }
    // Of an unoptimised build, and generous: what is slow here takes minutes.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
