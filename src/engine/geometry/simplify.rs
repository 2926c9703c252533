//! From many points to few: what a finger drew becomes a handful of handles.
//!
//! kurbo's simplifying fits Béziers of its own choice, by angles; here the few points are handles that a hand takes hold of, on
//! the drawn line, and only `+ - * /` and `sqrt` choose them.

use super::{PhotoPoint, Polyline, flatten_spline};

/// Drops points that follow their forerunner closer than `least` pixels; keeps the first and the last.
#[must_use]
pub fn decimate(points: &[PhotoPoint], least: f64) -> Vec<PhotoPoint> {
    let mut kept: Vec<PhotoPoint> = Vec::new();
    for point in points.iter().copied().filter(|point| point.is_finite()) {
        if kept.last().is_none_or(|last| last.distance(point) >= least) {
            kept.push(point);
        }
    }
    if let (Some(&last), Some(kept_last)) = (points.last(), kept.last().copied())
        && kept_last != last
        && last.is_finite()
    {
        if kept.len() > 1 && kept_last.distance(last) < least {
            kept.pop();
        }
        kept.push(last);
    }
    kept
}

/// The fewest handles (at least 2, at most `most`) whose spline stays within `tolerance` pixels of the drawn points. The
/// drawn points are first freed of the hand's tremor. Costs points x handles x handles: a freehand line of 500 points takes
/// well under a millisecond.
#[must_use]
pub fn fit_handles(drawn: &[PhotoPoint], tolerance: f64, most: usize) -> Vec<PhotoPoint> {
    let points = smooth(&evenly(&decimate(drawn, 0.5), 160));
    let last = points.len().saturating_sub(1);
    if points.len() <= 2 {
        return points;
    }
    let mut chosen = vec![0, last];
    loop {
        let handles = pick(&points, &chosen);
        let curve = flatten_spline(&handles);
        let Some((worst, distance)) = farthest(&points, &curve, &chosen) else { return handles };
        if distance <= tolerance || chosen.len() >= most.max(2) {
            return handles;
        }
        chosen.insert(chosen.partition_point(|index| *index < worst), worst);
    }
}

fn pick(points: &[PhotoPoint], chosen: &[usize]) -> Vec<PhotoPoint> {
    chosen.iter().filter_map(|index| points.get(*index)).copied().collect()
}

fn farthest(points: &[PhotoPoint], curve: &Polyline, chosen: &[usize]) -> Option<(usize, f64)> {
    points
        .iter()
        .enumerate()
        .filter(|(index, _)| !chosen.contains(index))
        .filter_map(|(index, point)| curve.project(*point).map(|near| (index, near.distance)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The row resampled to at most `count` points at even distances.
fn evenly(points: &[PhotoPoint], count: usize) -> Vec<PhotoPoint> {
    let total = Polyline::new(points.to_vec()).length();
    if points.len() < 3 || total <= 0.0 {
        return points.to_vec();
    }
    let step = total / (count.max(2) - 1) as f64;
    let mut row: Vec<PhotoPoint> = points.first().copied().into_iter().collect();
    let mut carried = 0.0;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let length = a.distance(b);
        let mut along = step - carried;
        while along <= length && length > 0.0 {
            row.push(a.lerp(b, along / length));
            along += step;
        }
        carried = length - (along - step);
    }
    if let Some(&end) = points.last() {
        row.pop_if(|last| last.distance(end) < step / 2.0);
        row.push(end);
    }
    row
}

/// Three passes of a small average: the tremor goes, the shape stays, the ends do not move.
fn smooth(points: &[PhotoPoint]) -> Vec<PhotoPoint> {
    let mut row = points.to_vec();
    for _ in 0..3 {
        let before = row.clone();
        for (index, point) in row.iter_mut().enumerate() {
            let neighbours = index.checked_sub(1).and_then(|i| before.get(i)).zip(before.get(index + 1));
            if let Some((a, b)) = neighbours {
                *point = point.lerp(a.lerp(*b, 0.5), 0.5);
            }
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(tremor: f64) -> Vec<PhotoPoint> {
        (0..300)
            .map(|i| {
                let x = f64::from(i) * 2.0;
                let y = (x - 300.0) * (x - 300.0) / 900.0;
                PhotoPoint::new(x, y + if i % 2 == 0 { tremor } else { -tremor })
            })
            .collect()
    }

    #[test]
    fn a_drawn_arc_becomes_few_handles_and_keeps_its_form() {
        let drawn = arc(1.0);
        let handles = fit_handles(&drawn, 2.0, 12);
        assert!(handles.len() <= 9, "{} handles", handles.len());
        let curve = flatten_spline(&handles);
        let worst = arc(0.0).iter().filter_map(|p| curve.project(*p)).map(|p| p.distance).fold(0.0, f64::max);
        assert!(worst < 3.0, "worst departure {worst} px");
    }

    #[test]
    fn the_ends_stay_where_they_were_drawn() {
        let drawn = arc(0.0);
        let handles = fit_handles(&drawn, 2.0, 12);
        assert_eq!(handles.first(), drawn.first());
        assert_eq!(handles.last(), drawn.last());
    }

    #[test]
    fn a_dot_stays_a_dot() {
        assert_eq!(fit_handles(&[PhotoPoint::new(3.0, 4.0); 5], 1.0, 9).len(), 1);
        assert!(fit_handles(&[], 1.0, 9).is_empty());
    }

    #[test]
    fn thinning_keeps_both_ends_and_the_spacing() {
        let row: Vec<_> = (0..=100).map(|x| PhotoPoint::new(f64::from(x), 0.0)).collect();
        let kept = decimate(&row, 7.0);
        assert_eq!((kept.first(), kept.last()), (row.first(), row.last()));
        assert!(kept.windows(2).all(|pair| pair[0].distance(pair[1]) >= 7.0));
    }
}
