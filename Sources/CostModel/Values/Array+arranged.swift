extension Array {
    /// Puts the elements in the order of these indices, each of which occurs once. Elements change places and none is copied, because they
    /// may be large.
    package mutating func arrange(by order: [Int]) {
        var source = order
        for start in indices {
            var place = start
            while source[place] != start {
                let next = source[place]
                swapAt(place, next)
                source[place] = place
                place = next
            }
            source[place] = place
        }
    }
}
