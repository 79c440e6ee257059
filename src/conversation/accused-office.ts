/** Under this name a flow saves where the accused person works; see `ACCUSED_OFFICES`. */
export const ACCUSED_OFFICE = 'accused_office';
