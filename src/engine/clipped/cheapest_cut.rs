//! The cheapest way to part a grid's cells in two: each cell says what each side costs, and neighbours what it costs to be parted.
//!
//! The cut that costs least is what limits the greatest flow; that is found along shortest ways, many at once (Dinic, "Algorithm for
//! Solution of a Problem of Maximum Flow in Networks with Power Estimation", 1970).

/// Columns to the right and rows down to a cell's neighbours; the opposite of each is at its place with the last bit changed.
pub(super) const BESIDE: [(isize, isize); 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];
/// What is left of a cost counts as nothing.
const NOTHING: f32 = 1e-6;
const FAR: u32 = u32::MAX;

/// A grid to be parted.
#[derive(Debug, Clone)]
pub(super) struct CheapestCut {
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// What it still costs more to change a cell than to let it stay.
    stays: f32,
    /// What it still costs that it stays and the neighbour does not.
    beside: [f32; 4],
}

impl CheapestCut {
    /// A grid on which nothing costs anything.
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, cells: vec![Cell::default(); columns * rows] }
    }

    /// Makes it cost so much more to change a cell than to let it stay.
    pub(super) fn dearer(&mut self, at: usize, cost: f32) {
        if let Some(cell) = self.cells.get_mut(at) {
            cell.stays += cost;
        }
    }

    /// Makes it cost so much that a cell stays while its neighbour in one of the directions of [`BESIDE`] changes.
    pub(super) fn parted(&mut self, at: usize, direction: usize, cost: f32) {
        if let Some(beside) = self.cells.get_mut(at).and_then(|cell| cell.beside.get_mut(direction)) {
            *beside += cost.max(0.0);
        }
    }

    /// Which cells change in the cheapest cut; of several those in which most cells do.
    pub(super) fn changed(mut self) -> Vec<bool> {
        loop {
            let mut levels = self.levels();
            if !self.fill(&mut levels) {
                return levels.iter().map(|level| *level == FAR).collect();
            }
        }
    }

    fn beside(&self, at: usize, direction: usize) -> Option<usize> {
        let (right, down) = BESIDE.get(direction).copied()?;
        let (column, row) = ((at % self.columns) as isize + right, (at / self.columns) as isize + down);
        let is_inside = (0..self.columns as isize).contains(&column) && (0..self.rows as isize).contains(&row);
        is_inside.then(|| row as usize * self.columns + column as usize)
    }

    fn left(&self, at: usize, direction: usize) -> f32 {
        self.cells.get(at).and_then(|cell| cell.beside.get(direction)).copied().unwrap_or(0.0)
    }

    fn stays(&self, at: usize) -> f32 {
        self.cells.get(at).map_or(0.0, |cell| cell.stays)
    }

    /// How many steps each cell is from one that would stay, along what still costs something.
    fn levels(&self) -> Vec<u32> {
        let mut levels = vec![FAR; self.cells.len()];
        let mut reached: Vec<usize> = (0..self.cells.len()).filter(|at| self.stays(*at) > NOTHING).collect();
        reached.iter().for_each(|at| set(&mut levels, *at, 0));
        let mut next = 0;
        while let Some(&at) = reached.get(next) {
            next += 1;
            let level = levels.get(at).copied().unwrap_or(FAR);
            for direction in 0..BESIDE.len() {
                let Some(beside) = self.beside(at, direction) else { continue };
                if levels.get(beside) == Some(&FAR) && self.left(at, direction) > NOTHING {
                    set(&mut levels, beside, level + 1);
                    reached.push(beside);
                }
            }
        }
        levels
    }

    /// Lets flow what can along ways that lead away step by step. Returns whether anything did.
    fn fill(&mut self, levels: &mut [u32]) -> bool {
        let mut tried = vec![0_u8; self.cells.len()];
        let mut has_flown = false;
        for start in 0..self.cells.len() {
            let mut way: Vec<(usize, usize)> = Vec::new();
            let mut at = start;
            while self.stays(start) > NOTHING {
                if self.stays(at) < -NOTHING {
                    self.flow(start, &way, at);
                    has_flown = true;
                    (way, at) = (Vec::new(), start);
                } else if let Some((direction, beside)) = self.onward(at, levels, &mut tried) {
                    way.push((at, direction));
                    at = beside;
                } else {
                    set(levels, at, FAR - 1);
                    let Some((before, _)) = way.pop() else { break };
                    at = before;
                }
            }
        }
        has_flown
    }

    /// The next neighbour of a cell that lies a step farther.
    fn onward(&self, at: usize, levels: &[u32], tried: &mut [u8]) -> Option<(usize, usize)> {
        let level = levels.get(at).copied()?;
        let tried = tried.get_mut(at)?;
        while usize::from(*tried) < BESIDE.len() {
            let direction = usize::from(*tried);
            if let Some(beside) = self.beside(at, direction)
                && levels.get(beside) == Some(&(level + 1))
                && self.left(at, direction) > NOTHING
            {
                return Some((direction, beside));
            }
            *tried += 1;
        }
        None
    }

    fn flow(&mut self, start: usize, way: &[(usize, usize)], end: usize) {
        let ends = self.stays(start).min(-self.stays(end));
        let most = way.iter().fold(ends, |most, (at, direction)| most.min(self.left(*at, *direction)));
        self.dearer(start, -most);
        self.dearer(end, most);
        for (at, direction) in way {
            let Some(beside) = self.beside(*at, *direction) else { continue };
            if let Some(left) = self.cells.get_mut(*at).and_then(|cell| cell.beside.get_mut(*direction)) {
                *left -= most;
            }
            if let Some(left) = self.cells.get_mut(beside).and_then(|cell| cell.beside.get_mut(*direction ^ 1)) {
                *left += most;
            }
        }
    }
}

fn set(levels: &mut [u32], at: usize, to: u32) {
    if let Some(level) = levels.get_mut(at) {
        *level = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 3;

    /// What it costs to change those cells whose bits are set.
    fn cost(dearer: &[f32], parted: &[[f32; 4]], changed: u32) -> f32 {
        let changes = |at: usize| changed >> at & 1 == 1;
        let cut = CheapestCut::new(SIDE, SIDE);
        let of = |at: usize| {
            let own = if changes(at) { dearer[at] } else { 0.0 };
            let ways = (0..4).filter(|way| cut.beside(at, *way).is_some_and(|beside| !changes(at) && changes(beside)));
            own + ways.map(|way| parted[at][way]).sum::<f32>()
        };
        (0..SIDE * SIDE).map(of).sum()
    }

    #[test]
    fn no_other_cut_is_cheaper() {
        let mut lot = 7_u32;
        let mut throw = || {
            lot = lot.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (lot >> 24) as f32 / 32.0
        };
        for _ in 0..60 {
            let dearer: Vec<f32> = (0..SIDE * SIDE).map(|_| throw() - 4.0).collect();
            let parted: Vec<[f32; 4]> = (0..SIDE * SIDE).map(|_| [throw(), throw(), throw(), throw()]).collect();
            let mut cut = CheapestCut::new(SIDE, SIDE);
            for at in 0..SIDE * SIDE {
                cut.dearer(at, dearer[at]);
                (0..4).for_each(|way| cut.parted(at, way, parted[at][way]));
            }
            let found = cut.changed().iter().enumerate().map(|(at, changes)| u32::from(*changes) << at).sum();
            let least = (0..1 << (SIDE * SIDE)).map(|cut| cost(&dearer, &parted, cut)).fold(f32::INFINITY, f32::min);
            assert!(cost(&dearer, &parted, found) < least + 1e-4, "{found:b}");
        }
    }
}
