extension [Int] {
    /// The ranks of values that are sorted, the largest first: what is within a distance of the best of its tie shares that one's rank, and the next
    /// rank counts those before it: 1, 1, 3.
    package func ranks(within distance: Int) -> [Int] {
        var leader = 0
        return indices.map { index in
            if self[leader] - self[index] > distance { leader = index }
            return leader + 1
        }
    }
}
