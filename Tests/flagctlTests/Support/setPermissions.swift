#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Changes the permission bits of a file.
func setPermissions(_ path: String, _ mode: mode_t) {
    chmod(path, mode)
}
