//! Variants: several designs on the same photos. One is in the views; the others wait beside it.

use super::{DESIGN_LIMITS, Design, Drawing, PhotoRef, Variant, View};
use crate::engine::calibration::{Head, Side};

impl Design {
    /// How many variants there are, the one in the views among them.
    #[must_use]
    pub fn variants(&self) -> usize {
        self.others.len() + 1
    }

    /// The name of the variant at a place; empty for none.
    #[must_use]
    pub fn variant_name(&self, place: usize) -> &str {
        let own = usize::from(self.place);
        match place.cmp(&own) {
            std::cmp::Ordering::Equal => &self.name,
            std::cmp::Ordering::Less => self.others.get(place).map_or("", |other| &other.name),
            std::cmp::Ordering::Greater => self.others.get(place - 1).map_or("", |other| &other.name),
        }
    }

    /// Whether the visitor marked or drew anything on a side, in any variant.
    #[must_use]
    pub fn has_work_on(&self, side: Side) -> bool {
        let drawn = |other: &Variant| other.drawings.iter().any(|drawing| drawing.side == side);
        self.views.of(side).has_work() || self.others.iter().any(drawn)
    }

    /// The design with another variant in the views; the same design where there is none at that place.
    #[must_use]
    pub fn with_variant(&self, place: usize) -> Self {
        let own = usize::from(self.place);
        if place == own || place >= self.variants() {
            return self.clone();
        }
        let mut next = self.clone();
        next.others.insert(own.min(self.others.len()), self.variant());
        let chosen = next.others.remove(place);
        next.show(chosen, place);
        next
    }

    /// The design with one variant more, at the end and in the views: a copy of the one that was there. The same design when
    /// there are as many as there may be.
    #[must_use]
    pub fn with_copy(&self) -> Self {
        if self.variants() >= DESIGN_LIMITS.variants {
            return self.clone();
        }
        let mut next = self.clone();
        next.others.insert(usize::from(self.place).min(self.others.len()), self.variant());
        next.place = u8::try_from(self.variants()).unwrap_or(u8::MAX);
        next.name = String::new();
        next
    }

    /// The design without the variant in the views: its neighbour comes there. The last one stays.
    #[must_use]
    pub fn without_chosen(&self) -> Self {
        let own = usize::from(self.place);
        let mut next = self.with_variant(if own == 0 { 1 } else { own - 1 });
        if next.place != self.place {
            // Of the others it is the first where it was the first, else the one behind those before its neighbour.
            next.others.remove(own.saturating_sub(1));
            next.place = self.place.saturating_sub(1);
        }
        next
    }

    /// The design without the variants that are not in the views: what is sent is what was chosen.
    #[must_use]
    pub fn chosen_alone(&self) -> Self {
        Self { place: 0, others: Vec::new(), ..self.clone() }
    }

    /// Changes the view of a side, and what the other variants have on it alike: a turn of the photo.
    pub(crate) fn change_side(&mut self, side: Side, change: &dyn Fn(&mut View)) {
        let photo = self.views.of(side).photo.clone();
        let of_side =
            self.others.iter_mut().flat_map(|other| &mut other.drawings).filter(|drawing| drawing.side == side);
        for drawing in of_side {
            let (hairline, fill) = (drawing.hairline.take(), std::mem::take(&mut drawing.fill));
            let mut view = View { photo: photo.clone(), hairline, fill, ..View::default() };
            change(&mut view);
            (drawing.hairline, drawing.fill) = (view.hairline, view.fill);
        }
        change(self.views.of_mut(side));
    }

    /// What is drawn on a side is laid on another picture of the same, at the same shares of its width and height.
    pub(crate) fn fit_photo(&mut self, side: Side, photo: PhotoRef) {
        let (width, height) = self.views.of(side).size();
        let wider = f64::from(photo.width) / width.max(1.0);
        let taller = f64::from(photo.height) / height.max(1.0);
        self.change_side(side, &|view| view.fit_to(wider, taller));
        self.views.of_mut(side).photo = Some(photo);
    }

    /// Two sides change their places, with all that every variant has on them. A head says which side it is seen from; one
    /// that was only guessed is guessed anew.
    pub(crate) fn exchange(&mut self, a: Side, b: Side) {
        if a == b {
            return;
        }
        let kept = std::mem::take(self.views.of_mut(a));
        let other = std::mem::replace(self.views.of_mut(b), kept);
        *self.views.of_mut(a) = other;
        for side in [a, b] {
            let view = self.views.of_mut(side);
            view.head = view.head.map(|head| Head { side, ..head });
        }
        for drawing in self.others.iter_mut().flat_map(|other| &mut other.drawings) {
            drawing.side = if drawing.side == a {
                b
            } else if drawing.side == b {
                a
            } else {
                drawing.side
            };
        }
    }

    /// Forgets what the other variants have on a side: it shows another photo.
    pub(crate) fn clear_side(&mut self, side: Side) {
        self.others.iter_mut().for_each(|other| other.drawings.retain(|drawing| drawing.side != side));
    }

    fn variant(&self) -> Variant {
        let drawn = |side: Side| {
            let view = self.views.of(side);
            let drawing = || Drawing { side, hairline: view.hairline.clone(), fill: view.fill.clone() };
            view.has_drawing().then(drawing)
        };
        let drawings = Side::ALL.into_iter().filter_map(drawn).collect();
        Variant { name: self.name.clone(), look: self.look.clone(), drawings }
    }

    fn show(&mut self, variant: Variant, place: usize) {
        for side in Side::ALL {
            let view = self.views.of_mut(side);
            (view.hairline, view.fill) = (None, Vec::new());
        }
        for Drawing { side, hairline, fill } in variant.drawings {
            let view = self.views.of_mut(side);
            (view.hairline, view.fill) = (hairline, fill);
        }
        (self.name, self.look) = (variant.name, variant.look);
        self.place = u8::try_from(place).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{FillOp, Hairline, Patch, PhotoRef};
    use crate::engine::geometry::PhotoPoint;
    use std::rc::Rc;

    fn line(y: f64) -> Hairline {
        Hairline::smooth(vec![PhotoPoint::new(10.0, y), PhotoPoint::new(90.0, y)])
    }

    /// Three variants: a line at 40, one at 50, one at 60 with a patch on the top.
    fn three() -> Design {
        let mut design = Design::new(&Parameters::default(), 1);
        let photo = PhotoRef { width: 100, height: 200, quarter_turns: 0, level: 0.0, digest: "d".into() };
        design.views.front.photo = Some(photo.clone());
        design.views.top.photo = Some(photo);
        design.views.front.hairline = Some(line(40.0));
        design.name = "High".into();
        let mut design = design.with_copy();
        design.views.front.hairline = Some(line(50.0));
        let mut design = design.with_copy();
        design.views.front.hairline = Some(line(60.0));
        design.look.softness = 0.1;
        let outline = [(1.0, 1.0), (9.0, 1.0), (5.0, 9.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        design.views.top.fill.push(Rc::new(FillOp::Patch(Patch { outline, density: 100.0 })));
        design
    }

    fn height(design: &Design) -> f64 {
        design.views.front.hairline.as_ref().unwrap().handles[0].y
    }

    #[test]
    fn each_variant_has_its_own_line_look_and_sides() {
        let design = three();
        assert_eq!((design.variants(), design.place, height(&design)), (3, 2, 60.0));
        let first = design.with_variant(0);
        assert_eq!((first.place, height(&first), first.name.as_str()), (0, 40.0, "High"));
        assert!(first.views.top.fill.is_empty() && first.views.top.photo.is_some() && first.look.softness != 0.1);
        let names: Vec<&str> = (0..3).map(|place| first.variant_name(place)).collect();
        assert_eq!(names, ["High", "", ""]);
        let second = first.with_variant(1);
        assert_eq!((second.place, height(&second)), (1, 50.0));
        assert_eq!(second.with_variant(2), design, "what was put aside comes back as it was");
        assert_eq!(design.with_variant(7), design);
    }

    #[test]
    fn a_variant_goes_and_the_others_keep_their_order() {
        let design = three();
        let left = |place: usize| {
            let left = design.with_variant(place).without_chosen();
            (left.place, [0, 1].map(|place| height(&left.with_variant(place))))
        };
        assert_eq!([left(0), left(1), left(2)], [(0, [50.0, 60.0]), (0, [40.0, 60.0]), (1, [40.0, 50.0])]);
        let last = design.without_chosen().without_chosen();
        assert_eq!((last.variants(), last.without_chosen()), (1, last.clone()));
    }

    #[test]
    fn there_are_no_more_than_may_be() {
        let full = (0..9).fold(three(), |design, _| design.with_copy());
        assert_eq!(full.variants(), DESIGN_LIMITS.variants);
    }

    #[test]
    fn a_turn_of_the_photo_turns_every_variant() {
        let mut design = three();
        design.change_side(Side::Front, &View::turn);
        let [first, last] = [0, 2].map(|place| design.with_variant(place));
        assert_eq!(first.views.front.hairline.as_ref().unwrap().handles[0], PhotoPoint::new(160.0, 10.0));
        assert_eq!(last.views.front.hairline.as_ref().unwrap().handles[0], PhotoPoint::new(140.0, 10.0));
        assert_eq!(last.views.top.fill[0].points()[0], PhotoPoint::new(1.0, 1.0), "the other side stands");
    }
}
