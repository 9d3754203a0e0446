//! The settings of bars as a host writes them.

use serde::Deserialize;

use crate::{Bars, Closes, Label, Length, Rule, StartBy, Windows, Zone};

/// When a bar closes, and which time it has. The host has checked the words.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The length of a bar of time, as polars writes lengths.
    pub every: Option<String>,
    /// The ticks of a bar.
    pub ticks: Option<u64>,
    /// The least volume of a bar.
    pub volume: Option<f64>,
    /// By how much the windows of bars of time are moved.
    pub offset: Option<String>,
    /// Which end of a window belongs to it: `left` (the default) or `right`.
    pub closed: Option<String>,
    /// Where the first window starts: `window` (the default), `datapoint` or `monday`.
    pub start_by: Option<String>,
    /// Which time a bar has: `left` (the default), `right` or `datapoint`.
    pub label: Option<String>,
    /// Whether a window without ticks has a bar.
    pub fill: bool,
}

impl Settings {
    /// Bars of no key yet, with these settings.
    ///
    /// # Errors
    /// One sentence: bars cannot have such a length, or no rule says when a bar closes.
    pub fn bars(&self, zone: Zone) -> Result<Bars, String> {
        let label = match self.label.as_deref() {
            Some("right") => Label::Right,
            Some("datapoint") => Label::Datapoint,
            _ => Label::Left,
        };
        Ok(Bars::new(self.rule(zone)?, label, self.fill))
    }

    fn rule(&self, zone: Zone) -> Result<Rule, String> {
        match (&self.every, self.ticks, self.volume) {
            (Some(every), _, _) => self.windows(every, zone).map(Rule::Time),
            (None, Some(ticks), _) => Ok(Rule::Ticks(ticks)),
            (None, None, Some(volume)) => Ok(Rule::Volume(volume)),
            (None, None, None) => Err("the settings do not say when a bar closes".to_owned()),
        }
    }

    fn windows(&self, every: &str, zone: Zone) -> Result<Windows, String> {
        let offset = self.offset.as_deref().map(|text| length("offset", text)).transpose()?;
        let closes = match self.closed.as_deref() {
            Some("right") => Closes::Right,
            _ => Closes::Left,
        };
        let start_by = match self.start_by.as_deref() {
            Some("datapoint") => StartBy::Datapoint,
            Some("monday") => StartBy::Monday,
            _ => StartBy::Window,
        };
        Windows::new(length("every", every)?, offset.unwrap_or_default(), closes, start_by, zone)
            .ok_or_else(|| format!("every must be a length of one kind, got \"{every}\""))
    }
}

fn length(name: &str, text: &str) -> Result<Length, String> {
    Length::parse(text).ok_or_else(|| format!("{name} must be at most fifty years, got \"{text}\""))
}
