internal import CSpawn

/// The memory of this process.
package enum ProcessMemory {
    /// Gives memory that is not used any more back to the system, at once.
    ///
    /// By itself glibc keeps the more, the larger the blocks are that were freed: a check of thousands of files then needs a tenth more at its
    /// peak, and takes as long.
    package static func returnsUnused() {
        // What is refused stays as it is.
        _ = mallopt(Int32(BURSAR_M_TRIM_THRESHOLD), 128 << 10)
    }
}
