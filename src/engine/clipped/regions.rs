//! Regions of a grid of cells: how far each cell is from one, and its connected pieces.

/// How far each cell is from the nearest of those that are set, in cells, along ways straight and diagonal (within 8 % of the
/// straight distance). Infinite where none is set.
pub(super) fn distances(is_set: impl Iterator<Item = bool>, columns: usize) -> Vec<f32> {
    const DIAGONAL: f32 = std::f32::consts::SQRT_2;
    let mut far: Vec<f32> = is_set.map(|is_set| if is_set { 0.0 } else { f32::INFINITY }).collect();
    let near = |far: &[f32], at: Option<usize>, step: f32| {
        at.and_then(|at| far.get(at)).map_or(f32::INFINITY, |far| far + step)
    };
    for at in 0..far.len() {
        let (first, last) = (at % columns == 0, (at + 1) % columns == 0);
        let above = at.checked_sub(columns);
        let least = near(&far, at.checked_sub(1).filter(|_| !first), 1.0)
            .min(near(&far, above, 1.0))
            .min(near(&far, above.and_then(|above| above.checked_sub(1)).filter(|_| !first), DIAGONAL))
            .min(near(&far, above.map(|above| above + 1).filter(|_| !last), DIAGONAL));
        lower(&mut far, at, least);
    }
    for at in (0..far.len()).rev() {
        let (first, last) = (at % columns == 0, (at + 1) % columns == 0);
        let below = Some(at + columns);
        let least = near(&far, Some(at + 1).filter(|_| !last), 1.0)
            .min(near(&far, below, 1.0))
            .min(near(&far, below.map(|below| below - 1).filter(|_| !first), DIAGONAL))
            .min(near(&far, below.map(|below| below + 1).filter(|_| !last), DIAGONAL));
        lower(&mut far, at, least);
    }
    far
}

fn lower(values: &mut [f32], at: usize, least: f32) {
    if let Some(value) = values.get_mut(at) {
        *value = value.min(least);
    }
}

/// The connected pieces of the cells that are set, each as its cells in no order.
pub(super) fn pieces(is_set: &[bool], columns: usize) -> Vec<Vec<usize>> {
    let mut open = is_set.to_vec();
    let mut pieces = Vec::new();
    for from in 0..open.len() {
        let mut piece = Vec::new();
        let mut ways = vec![from];
        while let Some(at) = ways.pop() {
            let Some(is_open) = open.get_mut(at).filter(|is_open| **is_open) else { continue };
            *is_open = false;
            piece.push(at);
            ways.extend([at + 1].into_iter().filter(|right| right % columns != 0));
            ways.extend(at.checked_sub(1).filter(|_| at % columns != 0));
            ways.extend(at.checked_sub(columns));
            ways.push(at + columns);
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_does_not_go_on_in_the_next_one() {
        // Five columns: the last cell of a row and the first of the next are far apart.
        let is_set = [4, 5, 6, 11, 13].into_iter().fold(vec![false; 15], |mut cells, at| {
            cells[at] = true;
            cells
        });
        let mut pieces = pieces(&is_set, 5);
        pieces.iter_mut().for_each(|piece| piece.sort_unstable());
        assert_eq!(pieces, [vec![4], vec![5, 6, 11], vec![13]]);
    }

    #[test]
    fn distances_are_straight_or_diagonal() {
        let far = distances((0..20).map(|at| at == 5), 5);
        let root = std::f32::consts::SQRT_2;
        assert_eq!(far[..10], [1.0, root, root + 1.0, root + 2.0, root + 3.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!([far[10], far[11], far[19]], [1.0, root, 2.0 * root + 2.0]);
        let beside = distances((0..20).map(|at| at == 9 || at == 10), 5);
        assert_eq!([beside[5], beside[14]], [1.0, 1.0]);
        let last = distances((0..10).map(|at| at == 4), 5);
        assert!((last[5] - root - 3.0).abs() < 1e-6 && (last[0] - 4.0).abs() < 1e-6, "{last:?}");
        assert!(distances([false; 4].into_iter(), 2).iter().all(|far| far.is_infinite()));
    }
}
