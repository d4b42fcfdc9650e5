use std::fmt;
use std::iter::Chain;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};
use std::slice;
use std::sync::Arc;

/// A small number that names one element of an [`IndexVec`]; each kind of element has its own type.
pub trait Id: Copy + Eq + Ord + fmt::Debug + 'static {
    /// Makes the id of the element at `index`.
    fn from_index(index: usize) -> Self;
    /// Returns the position of the element.
    fn index(self) -> usize;
}

/// Declares an id type over `u32`.
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(u32);

        impl $crate::base::Id for $name {
            fn from_index(index: usize) -> Self {
                // INVARIANT: inputs are bounded by the size limits, far below u32::MAX elements.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use id_type;

/// A vector indexed by its own id type, so that ids of different things cannot be mixed up.
///
/// What it has can be [shared](IndexVec::share): a copy then costs nothing, adds elements of its own, and copies what
/// it shares only when it changes it.
#[derive(Clone)]
pub struct IndexVec<I, T> {
    shared: Arc<[T]>,
    /// The elements after the shared ones.
    own: Vec<T>,
    marker: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IndexVec<I, T> {
    /// Makes an empty vector.
    pub fn new() -> Self {
        Self { shared: Arc::from([]), own: Vec::new(), marker: PhantomData }
    }
    /// Adds an element and returns its id.
    pub fn push(&mut self, item: T) -> I {
        let id = I::from_index(self.len());
        self.own.push(item);
        id
    }
    /// Returns the element, if the id belongs to this vector.
    pub fn get(&self, id: I) -> Option<&T> {
        match id.index().checked_sub(self.shared.len()) {
            None => self.shared.get(id.index()),
            Some(at) => self.own.get(at),
        }
    }
    /// Returns the number of elements.
    pub fn len(&self) -> usize {
        self.shared.len() + self.own.len()
    }
    /// Tells whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Walks the elements in order.
    pub fn iter(&self) -> Chain<slice::Iter<'_, T>, slice::Iter<'_, T>> {
        self.shared.iter().chain(&self.own)
    }
    /// Walks the ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.len()).map(I::from_index)
    }
    /// Walks the ids of the elements from a position on.
    pub fn ids_from(&self, first: usize) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (first..self.len()).map(I::from_index)
    }
    /// Walks ids and elements in order.
    pub fn iter_enumerated(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        let (shared, own) = (self.shared.iter().enumerate(), self.own.iter().enumerate());
        let first = self.shared.len();
        let shared = shared.map(|(at, item)| (I::from_index(at), item));
        shared.chain(own.map(move |(at, item)| (I::from_index(first + at), item)))
    }
    /// Tells whether two vectors share all that they have, so that nothing was changed or added since one was copied
    /// from the other.
    pub fn is_same(&self, other: &Self) -> bool {
        self.shares_all_of(other) && self.own.is_empty()
    }
    /// Tells whether this vector has all that the other has, unchanged since it was copied from it.
    pub fn shares_all_of(&self, other: &Self) -> bool {
        other.own.is_empty() && Arc::ptr_eq(&self.shared, &other.shared)
    }
}

impl<I: Id, T: Clone> IndexVec<I, T> {
    /// Lets copies share all elements that there are now.
    pub fn share(&mut self) {
        if !self.own.is_empty() {
            self.shared = self.shared.iter().cloned().chain(self.own.drain(..)).collect();
        }
    }
    /// Walks the elements in order, mutably.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        Arc::make_mut(&mut self.shared).iter_mut().chain(&mut self.own)
    }
}

impl<I: Id, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Id, T> Index<I> for IndexVec<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        match id.index().checked_sub(self.shared.len()) {
            None => &self.shared[id.index()],
            Some(at) => &self.own[at],
        }
    }
}

impl<I: Id, T: Clone> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        match id.index().checked_sub(self.shared.len()) {
            None => &mut Arc::make_mut(&mut self.shared)[id.index()],
            Some(at) => &mut self.own[at],
        }
    }
}

impl<I: Id, T: PartialEq> PartialEq for IndexVec<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<I: Id, T: Eq> Eq for IndexVec<I, T> {}

impl<I: Id, T: fmt::Debug> fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
