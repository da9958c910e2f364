import { installUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';

/**
 * The user models of this project beside `auth.User`: named here, `settings.AUTH_USER_MODEL` may name
 * one of them. Whoever asks for users imports this list once, since the apps that bring them lie above
 * `lib/contrib/auth`.
 * Django: AUTH_USER_MODEL, which names a model of an installed app
 */
const userModels: readonly UserModel[] = [];

for (const model of userModels) installUserModel(model);
