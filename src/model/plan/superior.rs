//! What a province calls things, and what its superior calls them: `for_superior` in `plan/report.yaml`.

use super::{Plan, Renamed, SuperiorWording};
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::Names;
use crate::record::rules::DUPLICATE_ID;

impl SuperiorWording {
    /// Reports every id that the plan does not know.
    pub(crate) fn known(&self, names: &dyn Names, sink: &mut Sink) {
        self.to.find(names, sink);
        for own in &self.own_indicators {
            own.find(names, sink);
        }
        for own in &self.own_tasks {
            own.find(names, sink);
        }
        for own in &self.own_sources {
            own.find(names, sink);
        }
        for own in &self.own_fields {
            own.find(names, sink);
        }
        for Renamed { task, indicator, round, source, field, .. } in &self.renamed {
            task.as_ref().and_then(|task| task.find(names, sink));
            indicator.as_ref().and_then(|indicator| indicator.find(names, sink));
            round.as_ref().and_then(|round| round.find(names, sink));
            source.as_ref().and_then(|source| source.find(names, sink));
            field.as_ref().and_then(|field| field.find(names, sink));
        }
    }

    /// Reports what the superior would be told of two tasks or two indicators under one id.
    pub(crate) fn one_each(&self, plan: &Plan, sink: &mut Sink) {
        let tasks = plan.tasks.iter().filter_map(|task| Some((task.key.as_str(), self.task(&task.key)?)));
        let indicators = plan.indicators.iter().filter(|indicator| indicator.is_typed());
        let indicators = indicators.filter_map(|of| Some((of.key.as_str(), self.indicator(&of.key)?)));
        let pairs: [(&str, Vec<(&str, &str)>); 2] =
            [("nhiệm vụ", tasks.collect()), ("chỉ tiêu", indicators.collect())];
        for (what, pairs) in pairs {
            for (at, (ours, above)) in pairs.iter().enumerate() {
                let Some((other, _)) = pairs[..at].iter().find(|(_, of)| of == above) else { continue };
                // Of two ids of one plan one is renamed.
                let Some(renamed) = self.renamed.iter().find(|renamed| renamed.above == *above) else { continue };
                let message = format!("{what} {other} và {ours} cùng mang mã {above} ở cấp trên");
                sink.push(Diagnostic::new(&DUPLICATE_ID, renamed.span, message).hint(format!(
                    "mỗi mã của cấp trên ứng với một {what} của tỉnh; {what} cấp trên không hỏi thì ghi vào own_tasks, own_indicators"
                )));
            }
        }
    }

    /// What the superior calls a task; `None` of one that it does not ask for.
    pub(crate) fn task<'w>(&'w self, key: &'w str) -> Option<&'w str> {
        let is_own = self.own_tasks.iter().any(|own| own.written.value == key);
        (!is_own).then(|| self.above(key, |of| of.task.as_ref().map(|task| &task.written.value)))
    }

    /// As `task`, of an indicator.
    pub(crate) fn indicator<'w>(&'w self, key: &'w str) -> Option<&'w str> {
        let is_own = self.own_indicators.iter().any(|own| own.written.value == key);
        (!is_own).then(|| self.above(key, |of| of.indicator.as_ref().map(|indicator| &indicator.written.value)))
    }

    /// As `task`, of a source of funding.
    pub(crate) fn source<'w>(&'w self, key: &'w str) -> Option<&'w str> {
        let is_own = self.own_sources.iter().any(|own| own.written.value == key);
        (!is_own).then(|| self.above(key, |of| of.source.as_ref().map(|source| &source.written.value)))
    }

    /// As `task`, of a field of complaints.
    pub(crate) fn field<'w>(&'w self, key: &'w str) -> Option<&'w str> {
        let is_own = self.own_fields.iter().any(|own| own.written.value == key);
        (!is_own).then(|| self.above(key, |of| of.field.as_ref().map(|field| &field.written.value)))
    }

    pub(crate) fn round<'w>(&'w self, key: &'w str) -> &'w str {
        self.above(key, |of| of.round.as_ref().map(|round| &round.written.value))
    }

    fn above<'w>(&'w self, key: &'w str, of: impl Fn(&Renamed) -> Option<&String>) -> &'w str {
        let renamed = self.renamed.iter().find(|renamed| of(renamed).is_some_and(|ours| ours == key));
        renamed.map_or(key, |renamed| &renamed.above)
    }
}
