//! Reports made up at random: whatever a form can tell.

use super::*;

/// Numbers that look random and are the same every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'t, T>(&mut self, values: &'t [T]) -> &'t T {
        &values[self.below(values.len())]
    }

    /// Something that a form can tell under a path; of what may be left out, a share of a hundred is there.
    fn value(&mut self, form: &Form, shape: &'static Shape, path: &[String], share: usize) -> Yaml {
        const TEXTS: &str = "Đã kiểm tra 12 vụ|a: b|- x|12|true|null|2026-01-01|# ghi chú|'|dòng 1\ndòng 2|{a}|~|yes|12:30|=|0o17|1_000";
        match shape {
            Shape::Date => NaiveDate::from_num_days_from_ce_opt(730_120 + self.below(36_890) as i32)
                .unwrap()
                .to_string()
                .into(),
            Shape::Pattern(..) => {
                (*self.one_of(&["2026-12", "2027-Q1", "2027", "tháng 12/2026", "quý IV/2027"])).into()
            }
            Shape::Number(..) => (*self.one_of(&[0, 7, 1_279, 100_000_000_000_000_u64])).into(),
            Shape::Choice(_, words) => self.one_of(words).0.into(),
            Shape::Id(ids) => self.one_of(form.options(List::Ids(*ids))).0.clone().into(),
            Shape::Either(_, shapes) => {
                let shape = self.one_of(&shapes[..shapes.len() - 1]);
                let value = self.value(form, shape, path, share);
                let mut rows = form.sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.path == path);
                let beside = rows.any(|row| row.cells.iter().any(Cell::is_beside)) && self.below(100) < share;
                match value {
                    value @ Yaml::Number(_) if beside => {
                        Mapping::from_iter([("value".into(), value), ("carried_over".into(), 3.into())]).into()
                    }
                    value => value,
                }
            }
            Shape::List(item) => (0..=self.below(2))
                .map(|_| self.value(form, at_length(item), path, share))
                .collect::<Vec<_>>()
                .into(),
            Shape::Table(_, row) => {
                let rows =
                    form.sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.path.starts_with(path));
                let ids: BTreeSet<&String> = rows.filter_map(|row| row.path.get(path.len())).collect();
                let ids = ids.into_iter().filter_map(|id| {
                    let value =
                        (self.below(100) < share).then(|| self.value(form, row, &below(path, &[id]), share));
                    Some((Yaml::from(id.as_str()), value?))
                });
                Yaml::Mapping(ids.collect())
            }
            Shape::Record(record) => {
                let one = record.any_of.get(self.below(record.any_of.len().max(1)));
                let fields = record.fields.iter().filter(|field| field.is_asked() && !field.ask.beside);
                let fields = fields.filter_map(|field| {
                    let must = field.required || record.one_of.contains(&field.key);
                    let there = must || one == Some(&field.key) || self.below(100) < share;
                    let there = there && (one == Some(&field.key) || !record.any_of.contains(&field.key));
                    let value = || self.value(form, field.shape, &below(path, &[field.key]), share);
                    let value = if field.key == "link" {
                        there.then(|| "https://a.vn/?b=1".into())
                    } else {
                        there.then(value)
                    };
                    Some((Yaml::from(field.key), value?))
                });
                Yaml::Mapping(fields.collect())
            }
            _ => (*self.one_of(&TEXTS.split('|').collect::<Vec<_>>())).into(),
        }
    }

    pub(super) fn report(&mut self, form: &Form, share: usize) -> Parts {
        parts(&self.value(form, &Shape::Record(Report::RECORD), &[], share))
    }
}
