//! Brand colours that people can read: from one accent the rest is derived, and lightness is moved until WCAG AA holds.
//!
//! OKLCH after Björn Ottosson (https://bottosson.github.io/posts/oklab/); contrast after WCAG 2.2, 1.4.3.

use serde::{Deserialize, Serialize};

/// What a widget or page needs of a brand's colour, as `#RRGGBB`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Theme {
    /// Grounds and own messages.
    pub accent: String,
    /// Text on the accent.
    pub on_accent: String,
    /// Accent as text on white.
    pub accent_ink: String,
    /// A chosen ground.
    pub accent_soft: String,
    /// The accent on dark grounds.
    pub accent_dark: String,
    /// Text on that.
    pub on_accent_dark: String,
    /// A chosen ground in the dark.
    pub accent_soft_dark: String,
}

const WHITE: [f64; 3] = [1.0, 1.0, 1.0];
const INK: [f64; 3] = [0.024, 0.098, 0.114];
const DARK_SURFACE: [f64; 3] = [0.094, 0.106, 0.102];

/// The theme of an accent. `None` when it is not `#RRGGBB`.
pub fn theme(accent: &str, accent_dark: Option<&str>) -> Option<Theme> {
    let [lightness, chroma, hue] = to_oklch(parse(accent)?);
    let dark_from = accent_dark.and_then(parse).map_or([lightness.max(0.72), chroma, hue], to_oklch);
    // White text if the accent can carry it with little darkening, else dark text.
    let wants_white = contrast(from_oklch([lightness, chroma, hue]), WHITE) >= 3.0;
    let (on, ground) = if wants_white { (WHITE, darken([lightness, chroma, hue], WHITE, 4.5)) } else { (INK, lighten([lightness, chroma, hue], INK, 4.5)) };
    let dark = lighten(lighten_lch(dark_from, DARK_SURFACE, 3.0), INK, 4.5);
    Some(Theme {
        accent: hex(ground),
        on_accent: hex(on),
        accent_ink: hex(darken([lightness, chroma, hue], WHITE, 5.0)),
        accent_soft: hex(from_oklch([0.94, (chroma * 0.25).min(0.03), hue])),
        accent_dark: hex(dark),
        on_accent_dark: hex(INK),
        accent_soft_dark: hex(from_oklch([0.31, (chroma * 0.4).min(0.05), hue])),
    })
}

fn darken(mut lch: [f64; 3], against: [f64; 3], wanted: f64) -> [f64; 3] {
    while contrast(from_oklch(lch), against) < wanted && lch[0] > 0.0 {
        lch[0] -= 0.005;
    }
    from_oklch(lch)
}

fn lighten(lch: [f64; 3], against: [f64; 3], wanted: f64) -> [f64; 3] {
    from_oklch(lighten_lch(lch, against, wanted))
}

fn lighten_lch(mut lch: [f64; 3], against: [f64; 3], wanted: f64) -> [f64; 3] {
    while contrast(from_oklch(lch), against) < wanted && lch[0] < 1.0 {
        lch[0] += 0.005;
    }
    lch
}

/// Contrast of two sRGB colours, 1 to 21.
pub fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |c: [f64; 3]| {
        let [r, g, b] = c.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `#RRGGBB` as sRGB between 0 and 1.
pub fn parse(text: &str) -> Option<[f64; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(|n| f64::from(n) / 255.0);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

fn hex(c: [f64; 3]) -> String {
    let [r, g, b] = c.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn linear(c: f64) -> f64 {
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn gamma(c: f64) -> f64 {
    let c = c.clamp(0.0, 1.0);
    if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 }
}

fn to_oklch(rgb: [f64; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
    let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
    [lightness, a.hypot(b), b.atan2(a)]
}

fn from_oklch([lightness, chroma, hue]: [f64; 3]) -> [f64; 3] {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        gamma(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        gamma(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        gamma(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_ends_up_readable() {
        for accent in ["#0E6F80", "#FFFF00", "#FF69B4", "#000000", "#FFFFFF", "#7A1F3D", "#3DB4C6", "#808080"] {
            let theme = theme(accent, None).unwrap();
            let pair = |a: &str, b: &str| contrast(parse(a).unwrap(), parse(b).unwrap());

            assert!(pair(&theme.accent, &theme.on_accent) >= 4.45, "{accent}: {theme:?}");
            assert!(pair(&theme.accent_dark, &theme.on_accent_dark) >= 4.45, "{accent}: {theme:?}");
            assert!(pair(&theme.accent_ink, "#FFFFFF") >= 4.5, "{accent}: {theme:?}");
        }
    }

    #[test]
    fn a_readable_accent_is_left_as_it_is() {
        assert_eq!(theme("#0E6F80", None).unwrap().accent, "#0E6F80");
        assert_eq!(theme("petrol", None), None);
    }
}
