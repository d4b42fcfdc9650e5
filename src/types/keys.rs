//! What tables are asked for: the keys, and the cells that they are held against.

use super::check::{Checker, Typed};
use crate::base::Id;
use crate::model::{ExprId, KeyTest, NodeKind, Show, TableId, Ty};

impl Checker<'_> {
    pub(super) fn lookup(&mut self, table: TableId, column: usize, keys: &[ExprId]) -> Typed {
        if !self.tables[table.index()] {
            self.tables[table.index()] = true;
            let nodes = keys;
            let keys: Vec<Typed> = keys.iter().map(|key| self.expr(*key)).collect();
            for row in 0..self.model.tables[table].rows.len() {
                for index in 0..self.model.tables[table].rows[row].tests.len() {
                    self.year_cell(table, row, index, keys.get(index));
                    let Some(test) = self.model.tables[table].rows[row].tests.get(index).cloned() else {
                        continue;
                    };
                    self.key_test(&test, keys.get(index));
                    self.date_cell(&test, row, table, nodes.get(index).copied());
                }
            }
            self.points(table, &keys);
        }
        self.results(table, column)
    }

    fn key_test(&mut self, test: &KeyTest, key: Option<&Typed>) {
        if let KeyTest::Condition(condition) = test {
            return self.truth(*condition);
        }
        let Some(key) = key else { return };
        for value in test.children() {
            self.key_value(value, key);
        }
    }

    /// A bare number in a key cell stands in the key's own unit.
    pub(super) fn key_value(&mut self, value: ExprId, (ty, show): &Typed) {
        let found = self.expr(value).0;
        if matches!((&found, ty), (Ty::Text, Ty::Entity(_))) {
            return self.one_of(ty, value);
        }
        if let NodeKind::Negate(inner) = self.model.node(value).kind {
            self.key_value(inner, &(ty.clone(), show.clone()));
            let inner = self.model.node(inner);
            let (ty, show) = (inner.ty.clone(), inner.show.clone());
            self.model.nodes[value].ty = ty;
            self.model.nodes[value].show = show;
            return;
        }
        if matches!((&found, ty), (Ty::Number, Ty::Quantity { .. } | Ty::Percent))
            && let NodeKind::Figure { value: number, .. } = &mut self.model.nodes[value].kind
        {
            *number = number.mul(&show.scale);
            self.model.nodes[value].ty = ty.clone();
            self.model.nodes[value].show =
                Show { decimals: self.model.nodes[value].show.decimals, ..show.clone() };
            return;
        }
        self.one_of(ty, value);
        self.fits(value, ty);
    }
}
